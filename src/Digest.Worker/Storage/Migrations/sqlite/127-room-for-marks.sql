-- A claim is written and marked within a second. With room beside it the mark stays on its page, and stands in the index as it did.
-- engine: postgres
alter table claim set (fillfactor = 40);
-- A mail is found by its keys. PostgreSQL counts anew whatever changed by a tenth, here each minute of sending; a sample of 3,000 rows tells it enough.
alter table outbox
    alter column id set statistics 10, alter column key set statistics 10, alter column kind set statistics 10, alter column subscriber_id set statistics 10,
    alter column issue_id set statistics 10, alter column recipient set statistics 10, alter column domain set statistics 10, alter column payload set statistics 10,
    alter column state set statistics 10, alter column attempts set statistics 10, alter column due_at set statistics 10, alter column expires_at set statistics 10,
    alter column first_tried_at set statistics 10, alter column created_at set statistics 10, alter column settled_at set statistics 10, alter column answer set statistics 10,
    alter column message_id set statistics 10, alter column about set statistics 10, alter column forget set statistics 10;
