/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-pool.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <exception>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace ns3
{
namespace keepalive
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds HOARDING{20}; //!< how long a worker keeps outcomes to itself
constexpr std::size_t HOARD{1 << 16};             //!< how many bytes of them
constexpr double PORTION{50e6};                   //!< nanoseconds of work handed out at a time
constexpr double LONG{200e6};                     //!< nanoseconds; the next such piece can wait
constexpr std::size_t MAX_DEPTH{512};             //!< pieces of work that a socket surely takes

constexpr uint32_t MAX_VAIN_DEATHS{100}; //!< of workers between two pieces of work

/// What precedes the bytes of an outcome.
struct MessageHeader
{
    uint64_t number;  //!< which piece of work
    int64_t wallTime; //!< what it took, nanoseconds
    uint32_t size;    //!< bytes that follow
    uint32_t failed;  //!< whether it failed
};

/// Throw what the operating system says.
[[noreturn]] void
ThrowErrno(const char* what)
{
    throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

/**
 * @brief Close all files of this process but the first three and one.
 * @param kept the one
 */
void
CloseOthers(int kept)
{
    std::vector<int> open;
    if (DIR* directory = opendir("/dev/fd"))
    {
        while (const dirent* entry = readdir(directory))
        {
            open.push_back(std::atoi(entry->d_name));
        }
        closedir(directory);
    }
    for (const int descriptor : open)
    {
        if (descriptor > STDERR_FILENO && descriptor != kept)
        {
            close(descriptor);
        }
    }
}

/**
 * @brief Send all of it, or end this process: there is nobody left to work for.
 * @param socket where to
 * @param bytes what
 */
void
SendOrExit(int socket, std::string& bytes)
{
    for (std::size_t sent = 0; sent < bytes.size();)
    {
        const ssize_t n = send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
        {
            _exit(1);
        }
        sent += n > 0 ? n : 0;
    }
    bytes.clear();
}

} // namespace

SweepPool::SweepPool(uint32_t nWorkers, Work work, const sigset_t& idleSignals)
    : m_work(std::move(work)),
      m_idleSignals(idleSignals),
      m_workers(nWorkers)
{
    void* memory = mmap(nullptr,
                        nWorkers * sizeof(Beacon),
                        PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS,
                        -1,
                        0);
    if (memory == MAP_FAILED)
    {
        ThrowErrno("no memory to share with workers");
    }
    m_beacons = static_cast<Beacon*>(memory);
    for (uint32_t i = 0; i < nWorkers; i++)
    {
        new (&m_beacons[i]) Beacon{{NOTHING}};
    }
}

SweepPool::~SweepPool()
{
    for (const auto& worker : m_workers)
    {
        if (worker.process > 0)
        {
            kill(worker.process, SIGKILL);
        }
    }
    for (const auto& worker : m_workers)
    {
        if (worker.process > 0)
        {
            close(worker.socket);
            while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR)
            {
            }
        }
    }
    munmap(m_beacons, m_workers.size() * sizeof(Beacon));
}

void
SweepPool::Start(uint32_t index)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
    {
        ThrowErrno("cannot make a socket for a worker");
    }
    m_beacons[index].number = NOTHING;
    const pid_t parent = getpid();
    const pid_t process = fork();
    if (process == 0)
    {
#ifdef __linux__
        // Elsewhere a worker sees the end of its socket when its run is done.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
        if (getppid() != parent)
        {
            _exit(1); // it was gone before
        }
        CloseOthers(sockets[1]);
        Serve(index, sockets[1]);
    }
    close(sockets[1]);
    if (process < 0)
    {
        close(sockets[0]);
        ThrowErrno("cannot start a worker");
    }
    m_workers[index].process = process;
    m_workers[index].socket = sockets[0];
    m_workers[index].received.clear();
}

void
SweepPool::Serve(uint32_t index, int socket)
{
    // Ctrl-C reaches all processes of a terminal: what becomes of workers is up to their parent.
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);

    Beacon& beacon = m_beacons[index];
    std::string hoard;
    auto sent = Clock::now();
    uint64_t numbers[64];
    while (true)
    {
        // What is done is sent before there is any waiting.
        ssize_t n = recv(socket, numbers, sizeof(numbers), hoard.empty() ? 0 : MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        {
            SendOrExit(socket, hoard);
            sent = Clock::now();
            continue;
        }
        if (n == 0 || (n < 0 && errno != EINTR))
        {
            _exit(0);
        }
        const std::size_t have = n > 0 ? n : 0; // whole numbers: they are sent that way
        for (std::size_t i = 0; i < have / sizeof(uint64_t); i++)
        {
            const auto start = Clock::now();
            beacon.number = numbers[i];
            MessageHeader header{numbers[i], 0, 0, 0};
            std::string bytes;
            try
            {
                bytes = m_work(numbers[i]);
            }
            catch (const std::exception& error)
            {
                header.failed = 1;
                bytes = error.what();
            }
            beacon.number = NOTHING;
            const auto end = Clock::now();
            header.wallTime =
                std::chrono::duration_cast<std::chrono::nanoseconds>(end - start).count();
            header.size = bytes.size();
            hoard.append(reinterpret_cast<const char*>(&header), sizeof(header));
            hoard += bytes;
            if (header.failed != 0 || hoard.size() >= HOARD || end - sent >= HOARDING)
            {
                SendOrExit(socket, hoard);
                sent = end;
            }
            if (header.failed != 0)
            {
                _exit(0); // it left things half done; a new worker has none of that
            }
        }
    }
}

std::vector<SweepPool::Outcome>
SweepPool::Run(const Source& source, std::chrono::milliseconds patience)
{
    std::vector<Outcome> outcomes;
    std::vector<pollfd> polled(m_workers.size());
    for (uint32_t i = 0; i < m_workers.size(); i++)
    {
        Feed(i, source);
        polled[i] = {m_workers[i].socket, POLLIN, 0};
    }
    const timespec timeout{static_cast<time_t>(patience.count() / 1000),
                           static_cast<long>(patience.count() % 1000 * 1000000)};
    if (ppoll(polled.data(), polled.size(), &timeout, &m_idleSignals) <= 0)
    {
        return outcomes;
    }
    for (uint32_t i = 0; i < m_workers.size(); i++)
    {
        if (polled[i].revents != 0 && !Receive(i, outcomes))
        {
            Replace(i, outcomes);
        }
    }
    return outcomes;
}

void
SweepPool::Feed(uint32_t index, const Source& source)
{
    Worker& worker = m_workers[index];
    const std::size_t depth = GetDepth();
    if (worker.handed.size() > depth / 2)
    {
        return;
    }
    std::string message;
    while (worker.handed.size() < depth)
    {
        std::optional<uint64_t> number;
        if (!m_again.empty())
        {
            number = m_again.front();
            m_again.pop_front();
        }
        else
        {
            number = source();
        }
        if (!number)
        {
            break;
        }
        worker.handed.push_back(*number);
        message.append(reinterpret_cast<const char*>(&*number), sizeof(*number));
    }
    if (message.empty())
    {
        return;
    }
    if (worker.process < 0)
    {
        Start(index); // not before there is work for it
    }
    // So short a message always has room. If the worker is gone, that is found out when reading.
    [[maybe_unused]] const ssize_t n =
        send(worker.socket, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

std::size_t
SweepPool::GetDepth() const
{
    if (m_usualTime <= 0)
    {
        return 2;
    }
    // Of long pieces none is kept from a worker that has nothing to do.
    return std::clamp<std::size_t>(PORTION / m_usualTime, m_usualTime < LONG ? 2 : 1, MAX_DEPTH);
}

bool
SweepPool::Receive(uint32_t index, std::vector<Outcome>& outcomes)
{
    Worker& worker = m_workers[index];
    char buffer[1 << 16];
    while (true)
    {
        const ssize_t n = recv(worker.socket, buffer, sizeof(buffer), MSG_DONTWAIT);
        if (n > 0)
        {
            worker.received.append(buffer, n);
            continue;
        }
        if (n < 0 && errno == EINTR)
        {
            continue;
        }
        const bool alive = n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        TakeMessages(index, outcomes);
        return alive;
    }
}

void
SweepPool::TakeMessages(uint32_t index, std::vector<Outcome>& outcomes)
{
    Worker& worker = m_workers[index];
    std::size_t taken = 0;
    MessageHeader header;
    while (worker.received.size() - taken >= sizeof(header))
    {
        std::memcpy(&header, worker.received.data() + taken, sizeof(header));
        if (worker.received.size() - taken - sizeof(header) < header.size)
        {
            break;
        }
        outcomes.push_back({header.number,
                            index,
                            header.wallTime,
                            header.failed != 0,
                            worker.received.substr(taken + sizeof(header), header.size)});
        taken += sizeof(header) + header.size;
        worker.handed.pop_front(); // they are done in order
        m_deaths.erase(header.number);
        m_vainDeaths = 0;
        m_usualTime += (header.wallTime - m_usualTime) * (m_usualTime > 0 ? 0.05 : 1);
    }
    worker.received.erase(0, taken);
}

void
SweepPool::Replace(uint32_t index, std::vector<Outcome>& outcomes)
{
    Worker& worker = m_workers[index];
    int status = 0;
    while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR)
    {
    }
    close(worker.socket);
    worker.process = -1;
    worker.socket = -1;

    const uint64_t culprit = m_beacons[index].number;
    const auto at = std::find(worker.handed.begin(), worker.handed.end(), culprit);
    if (at == worker.handed.end())
    {
        m_vainDeaths++;
    }
    else if (++m_deaths[culprit] == MAX_DEATHS)
    {
        const std::string how = WIFSIGNALED(status)
                                    ? std::string("signal ") + strsignal(WTERMSIG(status))
                                    : "exit status " + std::to_string(WEXITSTATUS(status));
        const std::string why = "it ended its worker " + std::to_string(MAX_DEATHS) +
                                " times, the last time with " + how;
        outcomes.push_back({culprit, index, 0, true, why});
        m_deaths.erase(culprit);
        worker.handed.erase(at);
    }
    m_again.insert(m_again.end(), worker.handed.begin(), worker.handed.end());
    worker.handed.clear();
    if (m_vainDeaths > MAX_VAIN_DEATHS)
    {
        throw std::runtime_error("workers end before they have done anything");
    }
}

bool
SweepPool::IsIdle() const
{
    return m_again.empty() &&
           std::all_of(m_workers.begin(), m_workers.end(), [](const Worker& worker) {
               return worker.handed.empty();
           });
}

} // namespace keepalive
} // namespace ns3
