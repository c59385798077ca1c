"""Finding jobs and talent: words, filters, counts, and the reason for every place.

An index (the documents) is kept beside the rows it describes and can be rebuilt from them at any time. One port
stands before it; the engine behind it is PostgreSQL's full text search.
Actions: index_job, index_talent, rebuild_index.
"""
