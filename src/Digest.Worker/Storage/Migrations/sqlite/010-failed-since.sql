-- Since when a source could not be asked, or not in full, over days if need be; null while it answers. Issues wait for it so long.
alter table batch add column failed_since text;
