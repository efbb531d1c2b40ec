-- Who forgets a paper asks whether an issue shows it or somebody waits for it: without these every such question read all of both tables.
create index issue_paper_paper on issue_paper (paper_id);
create index held_over_paper on held_over (paper_id);
