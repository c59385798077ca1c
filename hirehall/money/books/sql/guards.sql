-- Where the count from events begins is written once. Migrations run this file whole.
CREATE OR REPLACE FUNCTION books_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Where the count begins is never changed.' USING ERRCODE = 'BK001';
END;
$$;

CREATE OR REPLACE TRIGGER books_opening_no_change BEFORE UPDATE OR DELETE ON books_opening
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_change();
CREATE OR REPLACE TRIGGER books_countstart_no_change BEFORE UPDATE OR DELETE ON books_countstart
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_change();

-- What was written down before the seal is all that there is.
CREATE OR REPLACE FUNCTION books_refuse_late_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM books_countstart) THEN
        RAISE EXCEPTION 'The count has begun; what differs now is a finding.' USING ERRCODE = 'BK001';
    END IF;
    RETURN NULL;
END;
$$;

CREATE OR REPLACE TRIGGER books_opening_before_seal AFTER INSERT ON books_opening
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late_opening();
