-- The limits of all workers together. One row a limit: locked while a worker draws from it, so that two never draw the same.
create table budget_scope (
    scope text    not null primary key,                  -- SECONDS/DOMAIN; 0 seconds: at a time; no domain: everything
    draws integer not null
) strict;

-- What each worker has drawn of a limit and not yet written into "sending".
create table budget (
    scope  text    not null,
    worker text    not null,
    held   integer not null,
    until  text    not null,                             -- longer than any mail that was claimed before may still be begun
    primary key (scope, worker)
) strict;

create index budget_worker on budget (worker);
create index sending_domain on sending (domain, at);
