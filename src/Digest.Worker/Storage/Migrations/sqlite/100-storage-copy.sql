-- One row while 'storage copy' into this database is not finished: no service may start on it.
create table storage_copy (
    source   text not null primary key,                  -- where the rows come from, without a password
    begun_at text not null
) strict;
