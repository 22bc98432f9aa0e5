/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_PING_H
#define KEEPALIVE_ETHERNET_PING_H

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What became of one layer-2 ping.
 */
struct EthernetPingResult
{
    uint16_t receiptNumber{0}; //!< by which the Reply was recognised
    Mac48Address peer;         //!< the first station that was asked to forward it
    Time sent;                 //!< when it was sent
    bool answered{false};      //!< whether it came back in time
    Time roundTrip;            //!< from sending to the Reply, or to giving up

    /**
     * @brief Signature of the Ping trace source.
     * @param result what became of the ping
     */
    typedef void (*TracedCallback)(const EthernetPingResult& result);
};

/**
 * @ingroup keepalive
 * @brief The layer-2 pings of a station that are not answered yet, and their clocks.
 */
class EthernetPing
{
  public:
    EthernetPing() = default;
    ~EthernetPing();

    EthernetPing(const EthernetPing&) = delete;
    EthernetPing& operator=(const EthernetPing&) = delete;

    /**
     * @brief Set who hears what became of the pings.
     * @param report called once per ping; it may start others
     */
    void SetReport(Callback<void, const EthernetPingResult&> report);

    /**
     * @brief A ping is about to be sent.
     * @param peer whom it goes to
     * @param timeout how long to wait for the Reply
     * @return its receipt number, never 0, which is that of keepalives; none if 65,535 are waiting
     */
    std::optional<uint16_t> Start(Mac48Address peer, Time timeout);

    /**
     * @brief A Reply arrived: report it.
     * @param receiptNumber its receipt number
     * @return false if no ping waits for it
     */
    bool Answer(uint16_t receiptNumber);

    /**
     * @brief Forget a ping that could not be sent, without a report.
     * @param receiptNumber its receipt number
     */
    void Cancel(uint16_t receiptNumber);

    /// Forget all pings, and the numbers used so far, without a report.
    void Clear();

  private:
    /// A ping that waits for its Reply.
    struct Waiting
    {
        Mac48Address peer; //!< whom it went to
        Time sent;         //!< when it was sent
        EventId timeout;   //!< when to give up
    };

    /**
     * @brief Nothing came back in time.
     * @param receiptNumber the ping
     */
    void GiveUp(uint16_t receiptNumber);

    /**
     * @brief The wait is over.
     * @param receiptNumber the ping, which waits
     * @param answered whether it came back
     */
    void Finish(uint16_t receiptNumber, bool answered);

    std::map<uint16_t, Waiting> m_waiting;              //!< by receipt number
    uint16_t m_lastNumber{0};                           //!< receipt number used last
    Callback<void, const EthernetPingResult&> m_report; //!< who hears of the end
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_PING_H */
