-- What keeps the ledger true whoever writes to the database. This file is the one place for it: migrations run it
-- whole (it may run again and again), and a test compares the database with it.

-- Both accounts of a transfer have the transfer's unit.
ALTER TABLE ledger_transfer
    DROP CONSTRAINT IF EXISTS transfer_source_unit,
    DROP CONSTRAINT IF EXISTS transfer_target_unit,
    ADD CONSTRAINT transfer_source_unit FOREIGN KEY (source_id, unit) REFERENCES ledger_account (id, unit),
    ADD CONSTRAINT transfer_target_unit FOREIGN KEY (target_id, unit) REFERENCES ledger_account (id, unit);

-- A transfer stays as it was written.
CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A transfer is never changed; write another one.' USING ERRCODE = 'LG002';
END;
$$;

CREATE OR REPLACE TRIGGER ledger_transfer_no_change BEFORE UPDATE OR DELETE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE OR REPLACE TRIGGER ledger_transfer_no_truncate BEFORE TRUNCATE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- An account is what it was opened as; only its balance moves. None is ever deleted.
CREATE OR REPLACE FUNCTION ledger_refuse_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.kind, OLD.owner_id, OLD.holder_id, OLD.unit, OLD.part, OLD.floor)
        IS NOT DISTINCT FROM (NEW.kind, NEW.owner_id, NEW.holder_id, NEW.unit, NEW.part, NEW.floor) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'An account stays what it was opened as.' USING ERRCODE = 'LG002';
END;
$$;

-- Named by column, so that a posting, which only moves balances, does not pay for it.
CREATE OR REPLACE TRIGGER ledger_account_no_change
    BEFORE UPDATE OF id, kind, owner_id, holder_id, unit, part, floor OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_account_change();

-- The accounts that are named by four arrays side by side, in the same order; NULL where there is none yet.
CREATE OR REPLACE FUNCTION ledger_find(kinds text[], owners text[], units text[], parts smallint[])
RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT array_agg(a.id ORDER BY w.place)
              FROM unnest(kinds, owners, units, parts) WITH ORDINALITY AS w (kind, owner, unit, part, place)
              LEFT JOIN ledger_account a
                ON a.kind = w.kind AND a.owner_id = w.owner AND a.unit = w.unit AND a.part = w.part);
END;
$$;

-- An earlier version read its entries through this.
DROP FUNCTION IF EXISTS ledger_wanted(jsonb);

-- The same as ledger_post for one entry between accounts that are there: most postings, and a third faster. True when it was
-- posted; false when the long way has to find out, because an account or the reference is not as it is for most.
CREATE OR REPLACE FUNCTION ledger_post_one(entry jsonb, moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    wanted_unit text := entry ->> 'unit';
    moved bigint := (entry ->> 'amount')::bigint;
    from_id bigint;
    to_id bigint;
BEGIN
    SELECT id INTO from_id FROM ledger_account
     WHERE kind = entry ->> 's_kind' AND owner_id = entry ->> 's_owner' AND unit = wanted_unit AND part = (entry ->> 's_part')::smallint;
    SELECT id INTO to_id FROM ledger_account
     WHERE kind = entry ->> 't_kind' AND owner_id = entry ->> 't_owner' AND unit = wanted_unit AND part = (entry ->> 't_part')::smallint;
    IF from_id IS NULL OR to_id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM FROM ledger_account WHERE id IN (from_id, to_id) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)
    VALUES (from_id, to_id, moved, wanted_unit, entry ->> 'code', entry ->> 'ref', entry -> 'memo', moment)
        ON CONFLICT (ref) DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE ledger_account SET balance = balance - moved WHERE id = from_id;
    UPDATE ledger_account SET balance = balance + moved WHERE id = to_id;
    RETURN true;
END;
$$;

-- Post entries: all or none. Opens accounts that are new, locks all of them in the order of their ids, so that
-- two postings cannot wait for each other in a circle, inserts the transfers and moves the balances.
-- A reference that was posted before with the same content is passed over; with other content everything is refused.
-- Returns the number of new transfers.
--
-- The entries are read from their JSON once, into arrays side by side; each account is looked up once. What follows
-- works on the arrays and on ids.
--
-- Looked up by index whatever the planner guesses: a plan that was kept from a time of few accounts reads all of them for
-- each posting.
CREATE OR REPLACE FUNCTION ledger_post(entries jsonb, moment timestamptz) RETURNS integer LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    s_kinds text[]; s_owners text[]; s_holders text[]; s_parts smallint[]; s_floors bigint[];
    t_kinds text[]; t_owners text[]; t_holders text[]; t_parts smallint[]; t_floors bigint[];
    amounts bigint[]; units text[]; codes text[]; refs text[]; memos jsonb[];
    s_ids bigint[]; t_ids bigint[];
    posted integer;
    clash text;
BEGIN
    IF jsonb_array_length(entries) = 1 AND ledger_post_one(entries -> 0, moment) THEN
        RETURN 1;
    END IF;

    SELECT array_agg(s_kind), array_agg(s_owner), array_agg(s_holder), array_agg(s_part), array_agg(s_floor),
           array_agg(t_kind), array_agg(t_owner), array_agg(t_holder), array_agg(t_part), array_agg(t_floor),
           array_agg(amount), array_agg(unit), array_agg(code), array_agg(ref), array_agg(memo)
      INTO s_kinds, s_owners, s_holders, s_parts, s_floors, t_kinds, t_owners, t_holders, t_parts, t_floors,
           amounts, units, codes, refs, memos
      FROM jsonb_to_recordset(entries) AS e (
           s_kind text, s_owner text, s_holder text, s_part smallint, s_floor bigint,
           t_kind text, t_owner text, t_holder text, t_part smallint, t_floor bigint,
           amount bigint, unit text, code text, ref text, memo jsonb);
    s_ids := ledger_find(s_kinds, s_owners, units, s_parts);
    t_ids := ledger_find(t_kinds, t_owners, units, t_parts);

    IF array_position(s_ids, NULL) IS NOT NULL OR array_position(t_ids, NULL) IS NOT NULL THEN
        INSERT INTO ledger_account (kind, owner_id, holder_id, unit, part, floor, balance)
        SELECT DISTINCT ON (kind, owner, unit, part) kind, owner, holder, unit, part, floor, 0
          FROM (SELECT * FROM unnest(s_ids, s_kinds, s_owners, s_holders, units, s_parts, s_floors)
                UNION ALL SELECT * FROM unnest(t_ids, t_kinds, t_owners, t_holders, units, t_parts, t_floors))
               AS sides (id, kind, owner, holder, unit, part, floor)
         WHERE id IS NULL
         ORDER BY kind, owner, unit, part
            ON CONFLICT (kind, owner_id, unit, part) DO NOTHING;
        s_ids := ledger_find(s_kinds, s_owners, units, s_parts);
        t_ids := ledger_find(t_kinds, t_owners, units, t_parts);
    END IF;

    PERFORM FROM ledger_account WHERE id = ANY (s_ids || t_ids) ORDER BY id FOR NO KEY UPDATE;

    WITH fresh AS (
        INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)
        SELECT e.*, moment FROM unnest(s_ids, t_ids, amounts, units, codes, refs, memos) AS e
            ON CONFLICT (ref) DO NOTHING
        RETURNING source_id, target_id, amount
    ), moves AS (
        SELECT id, sum(change)::bigint AS change
          FROM (SELECT source_id, -amount FROM fresh UNION ALL SELECT target_id, amount FROM fresh) AS m (id, change)
         GROUP BY id
    ), moved AS (
        UPDATE ledger_account a SET balance = a.balance + moves.change FROM moves WHERE a.id = moves.id
    )
    SELECT count(*) INTO posted FROM fresh;

    IF posted < cardinality(refs) THEN
        SELECT had.ref INTO clash
          FROM unnest(s_ids, t_ids, amounts, units, codes, refs) AS w (source_id, target_id, amount, unit, code, ref)
          JOIN ledger_transfer had ON had.ref = w.ref
         WHERE (had.source_id, had.target_id, had.amount, had.unit, had.code)
               IS DISTINCT FROM (w.source_id, w.target_id, w.amount, w.unit, w.code)
         LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'Reference % was posted before with other content.', clash USING ERRCODE = 'LG001';
        END IF;
    END IF;
    RETURN posted;
END;
$$;
