-- The day under which a paper is listed: that of its announcement, else that on which we saw it.
create index paper_day on paper (coalesce(announced, substr(seen_at, 1, 10)));
