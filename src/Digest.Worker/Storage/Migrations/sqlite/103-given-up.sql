-- Each time issues are composed, the papers of those that were given up are looked for: without this all mails that were ever sent are read.
create index outbox_given_up on outbox (settled_at) where state in ('expired', 'suppressed');
