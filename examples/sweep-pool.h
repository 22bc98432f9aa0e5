/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_POOL_H
#define KEEPALIVE_SWEEP_POOL_H

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Workers: processes of their own, each with a socket to this one, which do one piece of
 *        work after the other.
 *
 * A piece of work is a number; what it yields is a string of bytes. Workers are forked, and know
 * what their parent knew then; they keep none of its open files but the first three. A worker dies
 * with its parent, however that dies.
 *
 * A worker that is killed is replaced, and what it had not delivered is handed out again. A piece
 * of work that has killed its worker three times has failed; so has one that throws.
 *
 * Pieces are handed out some at a time, as many as take some milliseconds, so that short ones do
 * not wait for messages. There is one instance at a time, in a process of one thread.
 */
class SweepPool
{
  public:
    /// Does a piece of work, in a worker.
    using Work = std::function<std::string(uint64_t number)>;

    /// Tells what to do next; none if there is nothing at the moment.
    using Source = std::function<std::optional<uint64_t>()>;

    /// What became of a piece of work.
    struct Outcome
    {
        uint64_t number{0};  //!< which
        uint32_t worker{0};  //!< who did it, from 0
        int64_t wallTime{0}; //!< what it took, nanoseconds
        bool failed{false};  //!< whether it failed
        std::string bytes;   //!< what it yielded; why it failed
    };

    /// How often a piece of work may kill its worker.
    static constexpr uint32_t MAX_DEATHS{3};

    /**
     * @brief Start the workers.
     * @param nWorkers how many, at least 1
     * @param work what they do
     * @param idleSignals signals to be let in while Run waits, as for ppoll
     * @throw std::runtime_error if they cannot be started
     */
    SweepPool(uint32_t nWorkers, Work work, const sigset_t& idleSignals);

    /// Kill the workers, and wait until they are gone.
    ~SweepPool();

    SweepPool(const SweepPool&) = delete;
    SweepPool& operator=(const SweepPool&) = delete;

    /**
     * @brief Hand out work, wait for outcomes, replace workers that died.
     * @param source where work comes from
     * @param patience how long to wait for the first outcome
     * @return what was done in the meantime; nothing if time is up or a signal came
     * @throw std::runtime_error if workers die without working
     */
    std::vector<Outcome> Run(const Source& source, std::chrono::milliseconds patience);

    /**
     * @brief Whether nothing is handed out.
     * @return true if so
     */
    bool IsIdle() const;

  private:
    /// What a worker says of itself, in memory shared with it.
    struct Beacon
    {
        std::atomic<uint64_t> number; //!< what it is doing; NOTHING between two pieces
    };

    /// One worker.
    struct Worker
    {
        pid_t process{-1};           //!< its process; -1 for none
        int socket{-1};              //!< this end of its socket
        std::deque<uint64_t> handed; //!< what it was given and has not delivered
        std::string received;        //!< what came of the next messages
    };

    /// Between two pieces of work.
    static constexpr uint64_t NOTHING{UINT64_MAX};

    /**
     * @brief Start a worker.
     * @param index which
     */
    void Start(uint32_t index);
    /**
     * @brief What a worker's process does.
     * @param index which
     * @param socket its end of the socket
     */
    [[noreturn]] void Serve(uint32_t index, int socket);
    /**
     * @brief Give a worker enough to do.
     * @param index which
     * @param source where work comes from
     */
    void Feed(uint32_t index, const Source& source);
    /**
     * @brief Read what a worker sent.
     * @param index which
     * @param outcomes where outcomes go
     * @return false if it is gone
     */
    bool Receive(uint32_t index, std::vector<Outcome>& outcomes);
    /**
     * @brief Take the whole messages from what a worker sent.
     * @param index which
     * @param outcomes where outcomes go
     */
    void TakeMessages(uint32_t index, std::vector<Outcome>& outcomes);
    /**
     * @brief A worker is gone: see why, keep what it had for others, start another one.
     * @param index which
     * @param outcomes where outcomes go
     */
    void Replace(uint32_t index, std::vector<Outcome>& outcomes);
    /**
     * @brief How many pieces of work a worker ought to have.
     * @return the number, at least 1
     */
    std::size_t GetDepth() const;

    const Work m_work;                     //!< what workers do
    const sigset_t m_idleSignals;          //!< signals let in while waiting
    std::vector<Worker> m_workers;         //!< the workers
    Beacon* m_beacons{nullptr};            //!< one for each, shared with it
    std::deque<uint64_t> m_again;          //!< what is to be handed out again
    std::map<uint64_t, uint32_t> m_deaths; //!< workers killed by pieces of work
    uint32_t m_vainDeaths{0};              //!< workers that died without working, in a row
    double m_usualTime{0};                 //!< what a piece takes, nanoseconds; 0: not known
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_POOL_H */
