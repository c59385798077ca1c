"""The engine that this market searches with; pages and writes name it nowhere else."""

from hirehall.guide.search.engines.postgres import PostgresEngine
from hirehall.guide.search.port import SearchEngine

engine: SearchEngine = PostgresEngine()
