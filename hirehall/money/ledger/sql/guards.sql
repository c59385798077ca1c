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

CREATE OR REPLACE TRIGGER ledger_account_no_change BEFORE UPDATE OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_account_change();

-- What `ledger_post` is given, as rows: each entry names both accounts by kind, owner, unit and part.
CREATE OR REPLACE FUNCTION ledger_wanted(entries jsonb) RETURNS TABLE (
    s_kind text, s_owner text, s_holder text, s_part smallint, s_floor bigint,
    t_kind text, t_owner text, t_holder text, t_part smallint, t_floor bigint,
    amount bigint, unit text, code text, ref text, memo jsonb, ord bigint
) LANGUAGE sql IMMUTABLE AS $$
    SELECT * FROM ROWS FROM (jsonb_to_recordset(entries) AS (
        s_kind text, s_owner text, s_holder text, s_part smallint, s_floor bigint,
        t_kind text, t_owner text, t_holder text, t_part smallint, t_floor bigint,
        amount bigint, unit text, code text, ref text, memo jsonb
    )) WITH ORDINALITY AS e (
        s_kind, s_owner, s_holder, s_part, s_floor, t_kind, t_owner, t_holder, t_part, t_floor,
        amount, unit, code, ref, memo, ord
    );
$$;

-- Post entries: all or none. Opens accounts that are new, locks all of them in the order of their ids, so that
-- two postings cannot wait for each other in a circle, inserts the transfers and moves the balances.
-- A reference that was posted before with the same content is passed over; with other content everything is refused.
-- Returns the number of new transfers.
CREATE OR REPLACE FUNCTION ledger_post(entries jsonb, moment timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    posted integer;
    clash text;
BEGIN
    INSERT INTO ledger_account (kind, owner_id, holder_id, unit, part, floor, balance)
    SELECT DISTINCT ON (sides.kind, sides.owner, sides.unit, sides.part)
           sides.kind, sides.owner, sides.holder, sides.unit, sides.part, sides.floor, 0
      FROM (SELECT s_kind, s_owner, s_holder, w.unit, s_part, s_floor FROM ledger_wanted(entries) w
            UNION SELECT t_kind, t_owner, t_holder, w.unit, t_part, t_floor FROM ledger_wanted(entries) w)
           AS sides (kind, owner, holder, unit, part, floor)
     WHERE NOT EXISTS (SELECT FROM ledger_account a WHERE a.kind = sides.kind AND a.owner_id = sides.owner
                          AND a.unit = sides.unit AND a.part = sides.part)
     ORDER BY sides.kind, sides.owner, sides.unit, sides.part
        ON CONFLICT (kind, owner_id, unit, part) DO NOTHING;

    PERFORM FROM ledger_account a
      WHERE a.id IN (SELECT b.id FROM ledger_wanted(entries) w JOIN ledger_account b
                         ON b.kind = w.s_kind AND b.owner_id = w.s_owner AND b.unit = w.unit AND b.part = w.s_part
                     UNION
                     SELECT b.id FROM ledger_wanted(entries) w JOIN ledger_account b
                         ON b.kind = w.t_kind AND b.owner_id = w.t_owner AND b.unit = w.unit AND b.part = w.t_part)
      ORDER BY a.id FOR NO KEY UPDATE;

    WITH fresh AS (
        INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)
        SELECT s.id, t.id, w.amount, w.unit, w.code, w.ref, w.memo, moment
          FROM ledger_wanted(entries) w
          JOIN ledger_account s ON s.kind = w.s_kind AND s.owner_id = w.s_owner AND s.unit = w.unit AND s.part = w.s_part
          JOIN ledger_account t ON t.kind = w.t_kind AND t.owner_id = w.t_owner AND t.unit = w.unit AND t.part = w.t_part
         ORDER BY w.ord
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

    IF posted < jsonb_array_length(entries) THEN
        SELECT w.ref INTO clash
          FROM ledger_wanted(entries) w
          JOIN ledger_transfer had ON had.ref = w.ref
          JOIN ledger_account s ON s.id = had.source_id
          JOIN ledger_account t ON t.id = had.target_id
         WHERE (s.kind, s.owner_id, s.part, t.kind, t.owner_id, t.part, had.amount, had.unit, had.code)
               IS DISTINCT FROM
               (w.s_kind, w.s_owner, w.s_part, w.t_kind, w.t_owner, w.t_part, w.amount, w.unit, w.code)
         LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'Reference % was posted before with other content.', clash USING ERRCODE = 'LG001';
        END IF;
    END IF;
    RETURN posted;
END;
$$;
