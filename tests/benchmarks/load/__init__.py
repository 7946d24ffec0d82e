"""The doors under load: requests at a constant rate over portal, desk and the subject's own pages, as many people send them, beside a bare Django view.

``python -m tests.benchmarks --only load [--seconds 600] [--rate 200]``. The rate does not wait for the answers (open loop), and a request's time
counts from the moment when it was due: a server that stands still is seen in every request that it kept waiting.
"""
