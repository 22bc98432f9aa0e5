/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_RATE_WINDOW_H
#define KEEPALIVE_RATE_WINDOW_H

#include "ns3/nstime.h"

#include <cstdint>
#include <deque>
#include <utility>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Packets and bits of the last 30 seconds: "30 second input rate".
 *
 * Routers average exponentially; this is the plain mean of the window, so that a rate that does not
 * change is shown exactly once the window is full.
 */
class RateWindow
{
  public:
    /// Its length in seconds.
    static constexpr int64_t LENGTH = 30;

    /**
     * @brief Count a packet, now.
     * @param bytes its size
     */
    void Add(uint32_t bytes);

    /**
     * @brief Mean bit rate of the window.
     * @return bit/s
     */
    double GetBitRate();

    /**
     * @brief Mean packet rate of the window.
     * @return packets/s
     */
    double GetPacketRate();

    /**
     * @brief Packets of late.
     * @param age how far to look back, at most the length of the window
     * @return packets that are not older than that
     */
    uint64_t CountPackets(Time age);

  private:
    /// Drop what is too old.
    void Prune();

    std::deque<std::pair<Time, uint32_t>> m_packets; //!< when and how large
    uint64_t m_bytes{0};                             //!< sum of the sizes
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_RATE_WINDOW_H */
