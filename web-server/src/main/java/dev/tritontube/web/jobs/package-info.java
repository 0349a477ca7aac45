/// Jobs as administrators see them: what is to become of an asset, on record until it ends and
/// after. What the work is, only `JobWork` knows.
///
/// Below them, durable background work on db-scheduler: kinds of tasks, adding them in a
/// transaction, running them. A task is taken by one worker process at a time. A worker that stops
/// beating is found within 30 s and its task runs again elsewhere, so a task must be able to run
/// twice, even at once.
@NullMarked
package dev.tritontube.web.jobs;

import org.jspecify.annotations.NullMarked;
