-- The choice, not the mail: rendering is a pure function of these rows.
create table issue (
    id            integer primary key autoincrement,
    subscriber_id integer not null references subscriber (id) on delete cascade,
    due_at        text    not null,                      -- the slot this issue answers
    composed_at   text    not null,
    local_date    text    not null,                      -- the day in the subscriber's own zone
    trending      integer not null,
    considered    integer not null,                      -- papers newer than the watermark
    matched       integer not null,
    chosen        integer not null,
    held_over     integer not null,
    unique (subscriber_id, due_at)
) strict;

create table issue_paper (
    issue_id      integer not null references issue (id) on delete cascade,
    position      integer not null,
    subscriber_id integer not null,
    paper_id      integer not null references paper (id),
    score         real    not null,
    reason        text    not null,                      -- JSON: interest, field, hits
    primary key (issue_id, position),
    unique (subscriber_id, paper_id)                     -- no paper twice to one person, by the database's own word
) strict;

-- Matched, but beyond the cap: offered again until it expires.
create table held_over (
    subscriber_id integer not null references subscriber (id) on delete cascade,
    paper_id      integer not null references paper (id),
    score         real    not null,
    reason        text    not null,
    expires_at    text    not null,
    primary key (subscriber_id, paper_id)
) strict;
