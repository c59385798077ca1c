-- What was issued stays as it was issued, whoever writes to the database. Migrations run this file whole.
CREATE OR REPLACE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A document is never changed; issue another one.' USING ERRCODE = 'DC001';
END;
$$;

CREATE OR REPLACE TRIGGER documents_document_no_change BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();
CREATE OR REPLACE TRIGGER documents_certificate_no_change BEFORE UPDATE OR DELETE ON documents_certificate
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();

-- A counter only ever goes on by one.
CREATE OR REPLACE FUNCTION documents_count_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.issuer, OLD.year, OLD.last + 1) IS NOT DISTINCT FROM (NEW.issuer, NEW.year, NEW.last) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A counter of documents only goes on by one.' USING ERRCODE = 'DC001';
END;
$$;

CREATE OR REPLACE TRIGGER documents_counter_goes_on BEFORE UPDATE OR DELETE ON documents_counter
    FOR EACH ROW EXECUTE FUNCTION documents_count_on();
