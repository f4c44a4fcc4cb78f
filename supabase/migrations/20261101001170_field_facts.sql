-- Field work under watch: what was lent and settled is remembered with who did it.

call audit.watch('places.route_loans');
call audit.watch('collections.doubles');

create trigger no_delete before delete on collections.doubles for each row execute function audit.append_only();
create trigger no_truncate before truncate on collections.doubles for each statement execute function audit.append_only();
create trigger fixed before update of tenant_id, id, other_id, kind, flagged_at on collections.doubles for each row execute function audit.append_only();
create trigger settled_once before update on collections.doubles for each row when (old.settled_at is not null) execute function audit.append_only();
