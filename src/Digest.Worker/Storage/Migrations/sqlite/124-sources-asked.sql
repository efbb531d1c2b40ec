-- When a source was last asked, whatever it answered: a service that has just been started composes nothing before its sources were.
alter table source_cursor add column asked_at text;
