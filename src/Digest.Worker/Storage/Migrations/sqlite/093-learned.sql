-- What readers said of single papers: more, or less, like this.
create table thumb (
    subscriber_id integer not null references subscriber (id) on delete cascade,
    paper_id      integer not null references paper (id) on delete cascade,
    more          integer not null,                      -- 1: more, 0: less
    terms         text    not null,                      -- JSON array: what was learned from it, so that it can be taken back
    given_at      text    not null,
    primary key (subscriber_id, paper_id)
) strict;

create index thumb_paper on thumb (paper_id);

-- What was learned from them, in words that the reader sees and can delete.
create table learned (
    subscriber_id integer not null references subscriber (id) on delete cascade,
    term          text    not null,
    weight        integer not null,                      -- -3 to 3, never 0
    primary key (subscriber_id, term)
) strict;
