-- The workers that are alive, each until the end of its lease.
create table worker (
    id    text not null primary key,
    until text not null
) strict;

-- What one worker does at a time: the schedule, and each shard of the subscribers.
create table lease (
    name   text    not null primary key,                 -- schedule | shard/0 ...
    worker text    not null,
    token  integer not null,                             -- counts up with each worker that takes it: what an earlier holder still writes is refused
    until  text    not null
) strict;
