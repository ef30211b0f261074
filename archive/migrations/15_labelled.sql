create index releases_type_label on releases (type_label); -- its few values are found by leaps: a type as printed is a filter
