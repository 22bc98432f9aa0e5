/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_REAL_TIME_H
#define KEEPALIVE_REAL_TIME_H

#include "ns3/nstime.h"

#include <chrono>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Simulations that run by the clock on the wall, because a real peer does.
 *
 * An object of this class watches how well one keeps up, from its start. It must outlive the
 * simulation.
 */
class RealTime
{
  public:
    /**
     * @brief Make simulations real: real time, and checksums. Call before anything is simulated.
     * @throw std::runtime_error if this ns-3 was built without its real-time simulator
     */
    static void Select();

    RealTime();

    RealTime(const RealTime&) = delete;
    RealTime& operator=(const RealTime&) = delete;

    /**
     * @brief How far the simulation fell behind the clock on the wall.
     * @return the worst of one look each tenth of a second
     */
    Time GetLateness() const;

  private:
    using Clock = std::chrono::steady_clock;

    /// Compare the simulation with the clock on the wall, now and again.
    void Compare();

    std::optional<Clock::time_point> m_start; //!< real time at simulation time 0
    Time m_lateness;                          //!< the worst so far
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_REAL_TIME_H */
