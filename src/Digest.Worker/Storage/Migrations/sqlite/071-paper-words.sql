-- engine: sqlite
-- The words of each paper as the matcher reads them: where a search finds its candidates. No text is kept here.
create virtual table paper_words using fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0");

-- In how many papers each of them stands.
create virtual table paper_vocabulary using fts5vocab (paper_words, row);

-- engine: postgres
-- The words of each paper as the matcher reads them: where a search finds its candidates. No text is kept here.
create table paper_words (
    paper_id integer not null primary key references paper (id) on delete cascade,
    words    tsvector not null
);

create index paper_words_words on paper_words using gin (words);

-- In how many papers each of them stands.
create table paper_vocabulary (
    term text not null primary key,
    doc  integer not null
);

-- engine: all
-- Papers whose words are not in yet, or not any more as they are.
create table paper_unread (
    paper_id integer not null primary key
) strict;

insert into paper_unread (paper_id) select id from paper;

-- engine: sqlite
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

-- engine: postgres
create function paper_is_unread() returns trigger language plpgsql as $$ begin
    insert into paper_unread (paper_id) values (new.id) on conflict (paper_id) do nothing;
    return null;
end $$;

create trigger paper_arrived after insert on paper for each row execute function paper_is_unread();

create trigger paper_changed after update of title, abstract, authors, categories, withdrawn on paper for each row execute function paper_is_unread();

create function paper_is_gone() returns trigger language plpgsql as $$ begin
    delete from paper_unread where paper_id = old.id;
    return null;
end $$;

create trigger paper_gone after delete on paper for each row execute function paper_is_gone();

create function words_are_counted() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then
        insert into paper_vocabulary (term, doc) select unnest(tsvector_to_array(new.words)), 1
        on conflict (term) do update set doc = paper_vocabulary.doc + 1;
    else
        update paper_vocabulary set doc = doc - 1 where term = any (tsvector_to_array(old.words));
    end if;
    return null;
end $$;

create trigger words_counted after insert or delete on paper_words for each row execute function words_are_counted();
