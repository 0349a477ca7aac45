/// Durable background work on db-scheduler: kinds of jobs, adding them in a transaction, running
/// them with retries. Knows no videos.
///
/// A job is taken by one worker process at a time. A worker that stops beating is found within 30 s
/// and its job runs again elsewhere, so a job must be able to run twice, even at once.
@NullMarked
package dev.tritontube.web.jobs;

import org.jspecify.annotations.NullMarked;
