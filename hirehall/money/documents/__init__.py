"""Invoices, receipts, credit notes and confirmations with numbers without gaps, yearly summaries, certificates of earnings."""
