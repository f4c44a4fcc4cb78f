-- Branches: places of business with a code of their own in the TIN. A subscriber's branch numbers the invoices; a credit note has the
-- branch of its invoice.

-- Adds a branch or changes it: {id, code, name, address, is_default, is_open, invoice_prefix, credit_note_prefix}. A new one gets its series at
-- once, so that no subscriber waits for them. The same id again changes nothing.
create function tenancy.save_branch(branch jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_new    tenancy.branches;
  v_old    tenancy.branches;
  v_count  bigint;
begin
  perform access.require('settings.manage');
  begin
    v_new := jsonb_populate_record(null::tenancy.branches, jsonb_build_object('is_default', false, 'is_open', true) || jsonb_strip_nulls(save_branch.branch)
      || jsonb_build_object('tenant_id', v_tenant, 'name', btrim(save_branch.branch ->> 'name'), 'address', nullif(btrim(save_branch.branch ->> 'address'), '')));
  exception when invalid_text_representation then
    raise exception 'The branch could not be read. Reload the page and type it again.' using errcode = 'PT400', detail = 'invalid_branch';
  end;
  if v_new.id is null or coalesce(v_new.code !~ '^\d{5}$', true) then
    raise exception 'Give the branch its code of five digits, as it stands in its TIN.' using errcode = 'PT422', detail = 'invalid_branch';
  end if;
  if coalesce(length(v_new.name), 0) not between 1 and 80 or length(v_new.address) > 300 then
    raise exception 'Give the branch a name of at most 80 letters; an address has at most 300.' using errcode = 'PT422', detail = 'invalid_branch';
  end if;

  -- One change of branches at a time: of them one is the default.
  perform from tenancy.tenants as t where t.id = v_tenant for no key update;
  select b.* into v_old from tenancy.branches as b where b.tenant_id = v_tenant and b.code = v_new.code;
  if v_old.id <> v_new.id then
    raise exception 'Branch % is in your list already. Change it there.', v_new.code using errcode = 'PT409', detail = 'branch_taken';
  end if;
  if v_old.id is null and exists (select from tenancy.branches as b where b.tenant_id = v_tenant and b.id = v_new.id) then
    raise exception 'The code of a branch stands on its documents and cannot change. Add another branch.' using errcode = 'PT409', detail = 'branch_code';
  end if;
  if v_old.is_default and not v_new.is_default then
    raise exception 'New subscribers need a branch. Make another branch the default instead.' using errcode = 'PT409', detail = 'branch_default';
  end if;
  if v_new.is_default and not v_new.is_open then
    raise exception 'The default branch stays open. Make another branch the default first.' using errcode = 'PT409', detail = 'branch_default';
  end if;
  if v_old.is_open and not v_new.is_open then
    select count(*) into v_count from service.subscribers as s where s.tenant_id = v_tenant and s.branch = v_new.code;
    if v_count > 0 then
      raise exception 'Branch % still bills %. Move them to another branch first.', v_new.code,
        case v_count when 1 then 'one subscriber' else v_count || ' subscribers' end using errcode = 'PT409', detail = 'branch_in_use';
    end if;
  end if;

  if v_new.is_default then
    update tenancy.branches as b set is_default = false where b.tenant_id = v_tenant and b.is_default and b.code <> v_new.code;
  end if;
  if v_old.id is null then
    insert into tenancy.branches (tenant_id, id, code, name, address, is_default, is_open)
    values (v_tenant, v_new.id, v_new.code, v_new.name, v_new.address, v_new.is_default, v_new.is_open);
    perform tenancy.save_series(jsonb_build_object('id', clock.uuid7(), 'kind', 'invoice', 'branch', v_new.code,
      'prefix', upper(coalesce(nullif(btrim(branch ->> 'invoice_prefix'), ''), 'INV-' || v_new.code || '-'))));
    perform tenancy.save_series(jsonb_build_object('id', clock.uuid7(), 'kind', 'credit_note', 'branch', v_new.code,
      'prefix', upper(coalesce(nullif(btrim(branch ->> 'credit_note_prefix'), ''), 'CN-' || v_new.code || '-'))));
  else
    update tenancy.branches as b set name = v_new.name, address = v_new.address, is_default = v_new.is_default, is_open = v_new.is_open
    where b.tenant_id = v_tenant and b.id = v_new.id
      and (b.name, b.address, b.is_default, b.is_open) is distinct from (v_new.name, v_new.address, v_new.is_default, v_new.is_open);
  end if;
  return jsonb_build_object('id', v_new.id, 'code', v_new.code);
end
$$;

-- Gives the subscribers of barangays to a branch; what they were invoiced before keeps its numbers. Answers how many moved.
create function tenancy.move_to_branch(code text, barangays uuid[])
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_tenant uuid := access.tenant_id();
  v_moved  bigint;
begin
  perform access.require('settings.manage');
  perform from tenancy.branches as b where b.tenant_id = v_tenant and b.code = move_to_branch.code and b.is_open for key share;
  if not found then
    raise exception 'That branch is not open. Choose another one.' using errcode = 'PT404', detail = 'branch_unknown';
  end if;
  perform from service.subscribers as s
  where s.tenant_id = v_tenant and s.barangay_id = any (move_to_branch.barangays) and s.branch is distinct from move_to_branch.code
  order by s.id for no key update;
  update service.subscribers as s set branch = move_to_branch.code, updated_at = clock.now()
  where s.tenant_id = v_tenant and s.barangay_id = any (move_to_branch.barangays) and s.branch is distinct from move_to_branch.code;
  get diagnostics v_moved = row_count;
  return jsonb_build_object('moved', v_moved);
end
$$;

call access.stand_before_wall('tenancy.save_branch(jsonb)');
call access.stand_before_wall('tenancy.move_to_branch(text, uuid[])');
