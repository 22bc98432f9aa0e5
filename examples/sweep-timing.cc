/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-timing.h"

#include "sweep-mechanism.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace ns3
{
namespace keepalive
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr double ENOUGH = 2.5; //!< seconds after which no run is begun any more

/// What the child tells of a run.
struct Message
{
    uint32_t point; //!< which point
    double seconds; //!< how long it took
};

/**
 * @brief The time since an instant.
 * @param begin the instant
 * @return seconds
 */
double
GetSecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace

SweepTiming::SweepTiming(const SweepPlan& plan)
{
    for (const auto& point : plan.points)
    {
        m_sums[point.mechanism].points++;
    }
    int ends[2];
    if (pipe(ends) != 0)
    {
        throw std::runtime_error("cannot time runs: no pipe");
    }
    const Clock::time_point begin = Clock::now();
    const pid_t child = fork();
    if (child == 0)
    {
        close(ends[0]);
        const int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        RunAll(plan, GetOrder(plan), ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (child < 0)
    {
        close(ends[0]);
        throw std::runtime_error("cannot time runs: no process");
    }
    const bool late = Listen(plan, ends[0]);
    close(ends[0]);
    m_seconds = GetSecondsSince(begin);
    int status = 0;
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    if (!late && !(WIFEXITED(status) && WEXITSTATUS(status) == 0) &&
        !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
    {
        m_trouble = "a run of this plan ended its process: expect runs that fail";
    }
}

uint64_t
SweepTiming::GetRuns() const
{
    uint64_t runs = 0;
    for (const auto& [mechanism, sum] : m_sums)
    {
        runs += sum.runs;
    }
    return runs;
}

double
SweepTiming::GetSeconds() const
{
    return m_seconds;
}

double
SweepTiming::GetSecondsPerReplication() const
{
    double timed = 0;
    for (const auto& [mechanism, sum] : m_sums)
    {
        timed += sum.seconds;
    }
    double seconds = 0;
    for (const auto& [mechanism, sum] : m_sums)
    {
        // Of a mechanism whose turn has not come, the mean of the others is the best guess.
        const double mean =
            sum.runs > 0 ? sum.seconds / sum.runs : timed / std::max<uint64_t>(1, GetRuns());
        seconds += mean * sum.points;
    }
    return seconds;
}

const std::string&
SweepTiming::GetTrouble() const
{
    return m_trouble;
}

std::vector<uint32_t>
SweepTiming::GetOrder(const SweepPlan& plan)
{
    // Of each mechanism in turn; within one, a stride near the golden section, which leaves no part
    // of the plan out for long.
    std::map<std::string, std::vector<uint32_t>> groups;
    for (uint32_t i = 0; i < plan.points.size(); i++)
    {
        groups[plan.points[i].mechanism].push_back(i);
    }
    std::size_t longest = 0;
    for (auto& [mechanism, points] : groups)
    {
        // The order of the fractions says where in the plan each turn is.
        std::vector<std::pair<double, std::size_t>> turns;
        for (std::size_t i = 0; i < points.size(); i++)
        {
            const double golden = i * 0.6180339887498949;
            turns.emplace_back(golden - static_cast<uint64_t>(golden), i);
        }
        std::sort(turns.begin(), turns.end());
        std::vector<uint32_t> spread(points.size());
        for (std::size_t i = 0; i < points.size(); i++)
        {
            spread[turns[i].second] = points[i];
        }
        points = spread;
        longest = std::max(longest, points.size());
    }
    std::vector<uint32_t> order;
    for (std::size_t i = 0; i < longest; i++)
    {
        for (const auto& [mechanism, points] : groups)
        {
            if (i < points.size())
            {
                order.push_back(points[i]);
            }
        }
    }
    return order;
}

void
SweepTiming::RunAll(const SweepPlan& plan, const std::vector<uint32_t>& order, int to)
{
    const Clock::time_point begin = Clock::now();
    for (const uint32_t point : order)
    {
        const std::unique_ptr<Experiment> experiment = MakeExperiment(plan, point);
        const Clock::time_point start = Clock::now();
        experiment->Run(plan.firstRun);
        const Message message{point, GetSecondsSince(start)};
        if (write(to, &message, sizeof(message)) != sizeof(message) ||
            GetSecondsSince(begin) > ENOUGH)
        {
            return;
        }
    }
}

bool
SweepTiming::Listen(const SweepPlan& plan, int from)
{
    const Clock::time_point begin = Clock::now();
    for (double left = LONGEST; left > 0; left = LONGEST - GetSecondsSince(begin))
    {
        pollfd ready{from, POLLIN, 0};
        Message message;
        if (poll(&ready, 1, static_cast<int>(left * 1000) + 1) <= 0)
        {
            continue; // the time is over, or a signal came
        }
        if (read(from, &message, sizeof(message)) != sizeof(message))
        {
            return false;
        }
        Sum& sum = m_sums[plan.points[message.point].mechanism];
        sum.runs++;
        sum.seconds += message.seconds;
    }
    return true;
}

} // namespace keepalive
} // namespace ns3
