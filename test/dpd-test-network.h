/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_TEST_NETWORK_H
#define KEEPALIVE_DPD_TEST_NETWORK_H

#include "ns3/detection-event.h"
#include "ns3/dpd-agent.h"
#include "ns3/drop-reason.h"
#include "ns3/ike-port.h"
#include "ns3/ipv4.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/outage-error-model.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/simple-channel.h"
#include "ns3/socket.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief Two hosts on one wire, A = 10.0.0.1 and B = 10.0.0.2, for IKE.
 *
 * The wire has a delay of 1 ms and no bit rate, so that all times are exact; ARP is not needed. All
 * that is sent is recorded, and what agents and sockets report.
 */
class DpdTestNetwork
{
  public:
    /// A packet as it was sent.
    struct Seen
    {
        Time when;                  //!< when
        bool fromA;                 //!< by whom
        uint8_t protocol;           //!< in the IP header
        uint16_t source;            //!< UDP port; 0 without UDP
        uint16_t destination;       //!< UDP port; 0 without UDP
        std::vector<uint8_t> bytes; //!< payload of UDP, or of IP
    };

    DpdTestNetwork();
    ~DpdTestNetwork();

    DpdTestNetwork(const DpdTestNetwork&) = delete;
    DpdTestNetwork& operator=(const DpdTestNetwork&) = delete;

    /**
     * @brief Put an agent on a host, which runs from 0 s on and looks for the other host.
     * @param host 0 for A, which set the SA up, 1 for B
     * @param profile its profile
     * @return the agent, whose attributes may be set until the start
     */
    Ptr<DpdAgent> AddAgent(uint32_t host, const std::string& profile);

    /**
     * @brief Cut or restore the wire, silently.
     * @param towardsA affect what goes to A
     * @param towardsB affect what goes to B
     * @param cut true to cut
     */
    void SetCut(bool towardsA, bool towardsB, bool cut);

    /**
     * @brief Cut or restore the wire at a given time.
     * @param at when
     * @param towardsA affect what goes to A
     * @param towardsB affect what goes to B
     * @param cut true to cut
     */
    void SetCutAt(Time at, bool towardsA, bool towardsB, bool cut);

    /**
     * @brief Let a host send data through its agent.
     * @param at when
     * @param host 0 for A, 1 for B
     */
    void SendDataAt(Time at, uint32_t host);

    /**
     * @brief Let a host send a datagram of any bytes.
     * @param at when
     * @param host 0 for A, 1 for B
     * @param from UDP port to send from
     * @param to UDP port to send to
     * @param bytes the bytes
     */
    void SendBytesAt(Time at,
                     uint32_t host,
                     uint16_t from,
                     uint16_t to,
                     const std::vector<uint8_t>& bytes);

    /**
     * @brief Switch the node of an agent off or on, at a given time.
     * @param at when
     * @param host 0 for A, 1 for B
     * @param powered false to crash
     */
    void SetPoweredAt(Time at, uint32_t host, bool powered);

    /**
     * @brief Let the process of an agent hang, or go on, at a given time.
     * @param at when
     * @param host 0 for A, 1 for B
     * @param stalled true to hang
     */
    void SetStalledAt(Time at, uint32_t host, bool stalled);

    /**
     * @brief The line protocol of a host, in words.
     * @param host 0 for A, 1 for B
     * @return changes such as "down 34.847 hold-time-expired; up 40 session-established"
     */
    std::string GetLine(uint32_t host) const;

    /**
     * @brief When a host sent what.
     * @param host 0 for A, 1 for B
     * @param trace "RequestTx", "RequestRx", "ReplyTx", "ReplyRx", "SetupTx", "DataTx", "DataRx"
     * @return the times, in seconds
     */
    std::vector<double> GetTimes(uint32_t host, const std::string& trace) const;

    /**
     * @brief Why a host dropped what, in order, in words.
     * @param host 0 for A, 1 for B
     * @return reasons such as "bad-cookie", one word each, from agent and sockets
     */
    std::string GetDrops(uint32_t host) const;

    /// One line of what was reported.
    struct Report
    {
        uint32_t host;     //!< 0 for A, 1 for B
        std::string trace; //!< the trace source
        Time when;         //!< when
        uint32_t number;   //!< of a message, its number; of a drop, its reason
    };

    NodeContainer hosts;               //!< A and B
    Ptr<SimpleChannel> channel;        //!< the wire
    Ptr<DpdAgent> agents[2];           //!< theirs
    std::vector<Seen> packets;         //!< all that was sent
    std::vector<Report> reports;       //!< what agents and sockets reported
    std::vector<DetectionEvent> lines; //!< changes of line protocols

  private:
    /// Which host, for traces.
    struct Host
    {
        DpdTestNetwork* network; //!< the network
        uint32_t number;         //!< 0 for A, 1 for B
        std::string trace;       //!< the trace source
    };

    /**
     * @brief Connect a host to the wire.
     * @param host 0 for A, 1 for B
     */
    void Connect(uint32_t host);
    /**
     * @brief Remember who reports.
     * @param host 0 for A, 1 for B
     * @param trace the trace source
     * @return what to bind to the sink
     */
    Host* Remember(uint32_t host, const std::string& trace);
    /// A packet was sent.
    static void Sent(Host* host, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t);
    /// A message was reported.
    static void Message(Host* host, Ptr<const Packet> message, uint32_t number);
    /// A packet was reported.
    static void Data(Host* host, Ptr<const Packet> packet);
    /// A drop was reported.
    static void Dropped(Host* host, Ptr<const Packet> packet, DropReason reason);
    /// A line protocol changed.
    static void Changed(Host* host, const DetectionEvent& event);
    /// Send data now.
    void SendData(uint32_t host);
    /// Send bytes now.
    void SendBytes(uint32_t host,
                   std::pair<uint16_t, uint16_t> ports,
                   const std::vector<uint8_t>& bytes);

    Ptr<OutageErrorModel> m_towards[2];         //!< what becomes of what goes to A, to B
    std::vector<std::unique_ptr<Host>> m_hosts; //!< bound to sinks
    std::vector<Ptr<Socket>> m_sockets;         //!< of SendBytes
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_TEST_NETWORK_H */
