/* The fault clock-skew: loaded by /etc/ld.so.preload, it makes every look at the time of day see it /etc/lab/clock-skew seconds
   later. The kernel's clock, and so the times of files, is as it was. No headers: built by tcc. */
struct moment { long seconds, rest; };
extern long syscall(long, ...);
extern int open(const char *, int, ...);
extern long read(int, void *, unsigned long);
extern int close(int);
#if defined(__x86_64__)
enum { CLOCK_GETTIME = 228 };
#else /* the generic table, as of arm64 */
enum { CLOCK_GETTIME = 113 };
#endif
enum { REALTIME = 0, COARSE = 5, TAI = 11 };
static long skew = -1;
static long skewed(void) {
    char digits[16];
    long count, at, sum = 0;
    int file;
    if (skew >= 0) return skew;
    file = open("/etc/lab/clock-skew", 0);
    if (file < 0) return 0;
    count = read(file, digits, sizeof digits);
    close(file);
    for (at = 0; at < count && digits[at] >= '0' && digits[at] <= '9'; at++) sum = sum * 10 + digits[at] - '0';
    return skew = sum;
}
int clock_gettime(int clock, struct moment *now) {
    int result = (int) syscall(CLOCK_GETTIME, clock, now);
    if (result == 0 && (clock == REALTIME || clock == COARSE || clock == TAI)) now->seconds += skewed();
    return result;
}
int gettimeofday(struct moment *now, void *zone) {
    int result = clock_gettime(REALTIME, now);
    (void) zone;
    if (result == 0) now->rest /= 1000;
    return result;
}
long time(long *kept) {
    struct moment now;
    clock_gettime(REALTIME, &now);
    if (kept) *kept = now.seconds;
    return now.seconds;
}
