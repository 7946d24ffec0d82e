-- Jobs that are said to be under work and that no worker holds. A job just taken up may not be held yet: it is given some seconds.
SELECT job.id
FROM procrastinate_jobs job
WHERE job.status = 'doing'
  AND NOT EXISTS (
    SELECT FROM pg_locks held
    WHERE held.locktype = 'advisory' AND held.classid = %(lock)s AND held.objid = (job.id %% 2147483648)::oid AND held.granted
      AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  )
  AND (
    %(alone)s OR NOT EXISTS (
      SELECT FROM procrastinate_events event
      WHERE event.job_id = job.id AND event.type = 'started' AND event.at > now() - interval '5 seconds'
    )
  )
ORDER BY job.id
