-- The words of each paper as the matcher reads them: where a search finds its candidates. No text is kept here.
create virtual table paper_words using fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0");

-- In how many papers each of them stands.
create virtual table paper_vocabulary using fts5vocab (paper_words, row);

-- Papers whose words are not in yet, or not any more as they are.
create table paper_unread (
    paper_id integer not null primary key
) strict;

insert into paper_unread (paper_id) select id from paper;

create trigger paper_arrived after insert on paper begin
    insert into paper_unread (paper_id) values (new.id) on conflict (paper_id) do nothing;
end;

create trigger paper_changed after update of title, abstract, authors, categories, withdrawn on paper begin
    insert into paper_unread (paper_id) values (new.id) on conflict (paper_id) do nothing;
end;

create trigger paper_gone after delete on paper begin
    delete from paper_words where rowid = old.id;
    delete from paper_unread where paper_id = old.id;
end;
