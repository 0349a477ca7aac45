package dev.tritontube.web.jobs;

/// How many jobs there are in each state.
public record JobCounts(int waiting, int running, int retrying, int done, int dead, int cancelled) {
  public static final JobCounts NONE = new JobCounts(0, 0, 0, 0, 0, 0);
}
