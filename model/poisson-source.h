/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_POISSON_SOURCE_H
#define KEEPALIVE_POISSON_SOURCE_H

#include "ns3-compat.h"

#include "ns3/address.h"
#include "ns3/application.h"
#include "ns3/data-rate.h"
#include "ns3/event-id.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{

class Packet;
class Socket;

namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Cross-traffic: UDP packets of one size at the instants of a Poisson process.
 *
 * Constant bit rate traffic is a trap in a study of timers: in an overloaded queue it locks the
 * phases, and a periodic keepalive is then either always lost or never. With Poisson arrivals of
 * constant size the queue that they fill is M/D/1/K, whose loss probability is known in closed
 * form.
 */
class PoissonSource : public Application
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PoissonSource();
    ~PoissonSource() override;

    /**
     * @brief Fix the random stream.
     * @param stream stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream) KEEPALIVE_APPLICATION_ASSIGN_STREAMS_OVERRIDE;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;

    /// Schedule the next packet, an exponential time ahead.
    void ScheduleNext();
    /// Send a packet and schedule the next.
    void SendPacket();

    Address m_remote;                            //!< where to
    DataRate m_rate;                             //!< mean rate of IP packets
    uint32_t m_packetSize{1000};                 //!< size of the IP packets in bytes
    uint8_t m_tos{0};                            //!< TOS of the packets
    Ptr<ExponentialRandomVariable> m_gap;        //!< time between packets, mean 1
    Ptr<Socket> m_socket;                        //!< UDP
    EventId m_event;                             //!< the next packet
    TracedCallback<Ptr<const Packet>> m_txTrace; //!< a packet was sent
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_POISSON_SOURCE_H */
