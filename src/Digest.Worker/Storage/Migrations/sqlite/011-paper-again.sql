-- When a paper that we had gained what an interest can match: a cross-list to another category, or an abstract. It is offered again from then
-- on to those who were not sent it.
alter table paper add column again_at text;

create index paper_again on paper (again_at) where again_at is not null;
