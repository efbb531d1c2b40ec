-- One row per work: versions, cross-lists and second doors are merged into it.
create table paper (
    id               integer primary key autoincrement,  -- the order of arrival: what a subscriber's watermark counts
    work_key         text    not null unique,            -- arxiv:2601.12345 | doi:10.1/x | title:...
    title            text    not null,
    abstract         text    not null,
    authors          text    not null,                   -- JSON array of names
    categories       text    not null,                   -- JSON array, primary first
    announced        text,                               -- date of the announcement, yyyy-MM-dd
    announce_type    text    not null,                   -- new | cross | replace | replace-cross
    published        text,
    version          integer not null default 1,
    url              text,
    pdf_url          text,
    code_url         text,
    doi              text,
    comment          text,
    upvotes          integer,
    withdrawn        integer not null default 0,
    source           text    not null,                   -- the name of the source that brought it first
    seen_at          text    not null
) strict;

create index paper_seen on paper (seen_at);
create index paper_announced on paper (announced);

-- Every name of a work leads to its one paper: arXiv id, DOI, PubMed id, title with surname.
create table paper_key (
    key              text    not null primary key,
    paper_id         integer not null references paper (id) on delete cascade
) strict;

create index paper_key_paper on paper_key (paper_id);

create table source_cursor (
    source      text not null primary key,
    cursor      text,
    harvested_at text,                                   -- the last good run
    not_before  text                                     -- the provider asked us to stay away until then
) strict;

-- What a source brought that could not be used, kept for the operator; it never fails the batch.
create table set_aside (
    id       integer primary key autoincrement,
    source   text not null,
    place    text not null,
    problem  text not null,
    seen_at  text not null,
    unique (source, place, problem)
) strict;

-- What each source announced for each day of its own, and whether that was all of it.
create table batch (
    source     text    not null,
    day        text    not null,                         -- the provider's own day, yyyy-MM-dd
    state      text    not null,                         -- not yet | partial | whole | holiday | failed
    counts     text    not null,                         -- JSON: category, announced, new, fresh
    announced  integer not null,
    highest_id text,
    detail     text    not null,
    checked_at text    not null,
    settled_at text,
    alarmed_at text,
    primary key (source, day)
) strict;
