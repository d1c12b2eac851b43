/* The fault slow-disk: loaded by /etc/ld.so.preload, it makes every flush to disk take 45 ms longer. No headers: built by tcc. */
struct pause { long seconds, nanoseconds; };
extern int nanosleep(const struct pause *, struct pause *);
extern long syscall(long, ...);
static void wait_for_the_disk(void) {
    struct pause pause;
    pause.seconds = 0;
    pause.nanoseconds = 45000000;
    nanosleep(&pause, 0);
}
#if defined(__x86_64__)
enum { FSYNC = 74, FDATASYNC = 75 };
#else /* the generic table, as of arm64 */
enum { FSYNC = 82, FDATASYNC = 83 };
#endif
int fsync(int file) { wait_for_the_disk(); return (int) syscall(FSYNC, file); }
int fdatasync(int file) { wait_for_the_disk(); return (int) syscall(FDATASYNC, file); }
