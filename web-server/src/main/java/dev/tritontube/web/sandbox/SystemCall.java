package dev.tritontube.web.sandbox;

import java.util.OptionalInt;

/// Calls of Linux by their numbers: of x86-64 (asm/unistd_64.h), and of all newer processors
/// (asm-generic/unistd.h).
enum SystemCall {
  // What is called here.
  CLOSE(3, 57),
  OPENAT(257, 56),
  PIPE2(293, 59),
  KILL(62, 129),
  WAITID(247, 95),
  GETPRIORITY(140, 141),
  SETPRIORITY(141, 140),
  CAPSET(126, 91),
  PRCTL(157, 167),
  SECCOMP(317, 277),
  CLOSE_RANGE(436, 436),
  LANDLOCK_CREATE_RULESET(444, 444),
  LANDLOCK_ADD_RULE(445, 445),
  LANDLOCK_RESTRICT_SELF(446, 446),

  // Networks.
  SOCKET(41, 198),
  SOCKETPAIR(53, 199),
  BIND(49, 200),
  LISTEN(50, 201),
  ACCEPT(43, 202),
  ACCEPT4(288, 242),
  SENDTO(44, 206),
  SENDMSG(46, 211),
  SENDMMSG(307, 269),

  // Programs.
  CLONE(56, 220),
  CLONE3(435, 435),
  FORK(57, SystemCall.NONE),
  VFORK(58, SystemCall.NONE),
  EXECVEAT(322, 281),
  MEMFD_CREATE(319, 279),
  MEMFD_SECRET(447, 447),
  USELIB(134, SystemCall.NONE),
  PERSONALITY(135, 92),

  // Other processes.
  PTRACE(101, 117),
  PROCESS_VM_READV(310, 270),
  PROCESS_VM_WRITEV(311, 271),
  PROCESS_MADVISE(440, 440),
  PROCESS_MRELEASE(448, 448),
  KCMP(312, 272),
  PIDFD_OPEN(434, 434),
  PIDFD_GETFD(438, 438),
  PIDFD_SEND_SIGNAL(424, 424),
  TKILL(200, 130),
  TGKILL(234, 131),
  RT_SIGQUEUEINFO(129, 138),
  RT_TGSIGQUEUEINFO(297, 240),
  PRLIMIT64(302, 261),
  SCHED_SETPARAM(142, 118),
  SCHED_SETSCHEDULER(144, 119),
  SCHED_SETATTR(314, 274),
  SCHED_SETAFFINITY(203, 122),
  IOPRIO_SET(251, 30),
  MIGRATE_PAGES(256, 238),
  MOVE_PAGES(279, 239),
  SHMGET(29, 194),
  SHMAT(30, 196),
  SHMCTL(31, 195),
  SEMGET(64, 190),
  SEMOP(65, 193),
  SEMCTL(66, 191),
  SEMTIMEDOP(220, 192),
  MSGGET(68, 186),
  MSGSND(69, 189),
  MSGRCV(70, 188),
  MSGCTL(71, 187),
  MQ_OPEN(240, 180),
  MQ_UNLINK(241, 181),

  // Files, as far as Landlock does not look: their owners, modes, times, attributes.
  CHMOD(90, SystemCall.NONE),
  FCHMOD(91, 52),
  FCHMODAT(268, 53),
  FCHMODAT2(452, 452),
  CHOWN(92, SystemCall.NONE),
  FCHOWN(93, 55),
  LCHOWN(94, SystemCall.NONE),
  FCHOWNAT(260, 54),
  UTIME(132, SystemCall.NONE),
  UTIMES(235, SystemCall.NONE),
  FUTIMESAT(261, SystemCall.NONE),
  UTIMENSAT(280, 88),
  SETXATTR(188, 5),
  LSETXATTR(189, 6),
  FSETXATTR(190, 7),
  REMOVEXATTR(197, 14),
  LREMOVEXATTR(198, 15),
  FREMOVEXATTR(199, 16),
  FANOTIFY_INIT(300, 262),
  FANOTIFY_MARK(301, 263),
  INOTIFY_INIT(253, SystemCall.NONE),
  INOTIFY_INIT1(294, 26),
  NAME_TO_HANDLE_AT(303, 264),
  OPEN_BY_HANDLE_AT(304, 265),

  // The machine, and what has been a way to take it over.
  UNSHARE(272, 97),
  SETNS(308, 268),
  CHROOT(161, 51),
  PIVOT_ROOT(155, 41),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  MOVE_MOUNT(429, 429),
  OPEN_TREE(428, 428),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSPICK(433, 433),
  MOUNT_SETATTR(442, 442),
  SWAPON(167, 224),
  SWAPOFF(168, 225),
  QUOTACTL(179, 60),
  QUOTACTL_FD(443, 443),
  ACCT(163, 89),
  BPF(321, 280),
  PERF_EVENT_OPEN(298, 241),
  USERFAULTFD(323, 282),
  IO_URING_SETUP(425, 425),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  ADD_KEY(248, 217),
  REQUEST_KEY(249, 218),
  KEYCTL(250, 219),
  MODIFY_LDT(154, SystemCall.NONE),
  IOPL(172, SystemCall.NONE),
  IOPERM(173, SystemCall.NONE),
  SYSLOG(103, 116),
  VHANGUP(153, 58),
  REBOOT(169, 142),
  KEXEC_LOAD(246, 104),
  KEXEC_FILE_LOAD(320, 294),
  INIT_MODULE(175, 105),
  FINIT_MODULE(313, 273),
  DELETE_MODULE(176, 106),
  SETTIMEOFDAY(164, 170),
  CLOCK_SETTIME(227, 112),
  CLOCK_ADJTIME(305, 266),
  ADJTIMEX(159, 171),
  SETHOSTNAME(170, 161),
  SETDOMAINNAME(171, 162),
  SETUID(105, 146),
  SETGID(106, 144),
  SETREUID(113, 145),
  SETREGID(114, 143),
  SETRESUID(117, 147),
  SETRESGID(119, 149),
  SETFSUID(122, 151),
  SETFSGID(123, 152),
  SETGROUPS(116, 159);

  private static final int NONE = -1;

  private final int x86;
  private final int generic;

  SystemCall(int x86, int generic) {
    this.x86 = x86;
    this.generic = generic;
  }

  /// Empty where there is no such call.
  OptionalInt number(Cpu cpu) {
    int number =
        switch (cpu) {
          case X86_64 -> x86;
          case AARCH64 -> generic;
        };
    return number == NONE ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
