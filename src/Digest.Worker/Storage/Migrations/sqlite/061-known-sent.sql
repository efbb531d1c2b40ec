-- Message-IDs that were sent by an installation that this database was restored over: they are never sent again.
create table known_sent (
    message_id text not null primary key
) strict;
