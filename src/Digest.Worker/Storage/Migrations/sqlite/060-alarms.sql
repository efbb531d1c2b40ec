-- What is wrong now, or was: one row a key, so that each trouble is told once until it changes.
create table alarm (
    key        text not null primary key,               -- source/arXiv, relay, disk ...
    sentence   text not null,                           -- what is wrong; a new sentence is told anew
    remedy     text not null,
    detail     text,                                    -- figures that may change without being told
    since      text not null,                           -- when it began
    told_at    text,                                    -- when this sentence was told; null: not yet
    last_told_at text,                                  -- when anything was told under this key
    cleared_at text                                     -- when it ended; null: it stands
) strict;
