-- When the words of each paper were read last, as a number that grows with each: whoever keeps papers in memory asks which are to be read again.
create table paper_read (
    paper_id integer not null primary key references paper (id) on delete cascade,
    number   integer not null
) strict;

create unique index paper_read_number on paper_read (number);
