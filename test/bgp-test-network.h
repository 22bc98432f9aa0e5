/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_TEST_NETWORK_H
#define KEEPALIVE_BGP_TEST_NETWORK_H

#include "ns3/bgp-helper.h"
#include "ns3/bgp-neighbor.h"
#include "ns3/bgp-routing.h"
#include "ns3/bgp-speaker.h"
#include "ns3/link-cut.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief Some speakers, links between them, and a record of everything that they do.
 *
 * Speaker i (from 0) has AS 65001 + i and identifier 1.1.1.(i + 1), unless told otherwise. Each
 * link is a network of its own, 5 ms and 1 Gb/s, so that times are those of the timers but for the
 * delay.
 */
class BgpTestNetwork
{
  public:
    /// Something that a neighbour of a speaker did, as text.
    struct Record
    {
        Time when;        //!< when
        uint32_t speaker; //!< at which speaker
        uint32_t link;    //!< in which session: the number of its link
        std::string what; //!< such as "down hold-time-expired", "tx KEEPALIVE", "Idle -> Connect"
    };

    /// A link with a session.
    struct Link
    {
        NetDeviceContainer devices; //!< at the first speaker, at the second
        Ptr<BgpNeighbor> first;     //!< the second, as the first is configured with it
        Ptr<BgpNeighbor> second;    //!< the reverse
        Ipv4Address addresses[2];   //!< of the first, of the second
        Ptr<LinkCut> cut;           //!< both ways
        Ptr<LinkCut> cutToFirst;    //!< one way
        Ptr<LinkCut> cutToSecond;   //!< one way
    };

    /**
     * @brief Begin.
     * @param count how many speakers
     * @param ases their AS numbers; 65001 and so on where there is none
     */
    explicit BgpTestNetwork(uint32_t count, std::vector<uint32_t> ases = {});
    ~BgpTestNetwork();

    BgpTestNetwork(const BgpTestNetwork&) = delete;
    BgpTestNetwork& operator=(const BgpTestNetwork&) = delete;

    /**
     * @brief Set hold time and profile of the neighbours to come.
     * @param holdTime in seconds
     * @param profile name of a profile
     */
    void SetTimers(double holdTime, const char* profile);

    /**
     * @brief Add speakers, as the helper is configured by now.
     * @param count how many
     * @param ases their AS numbers; 65001 and so on where there is none
     */
    void AddSpeakers(uint32_t count, std::vector<uint32_t> ases = {});

    /**
     * @brief Link two speakers and make them neighbours.
     * @param first one
     * @param second the other
     * @return the link, which stays where it is
     */
    Link& Connect(uint32_t first, uint32_t second);

    /**
     * @brief Run on.
     * @param until to this time
     */
    void RunUntil(Time until);

    /**
     * @brief Find records.
     * @param speaker at which speaker
     * @param link in which session
     * @param prefix of the text
     * @return the times, in order
     */
    std::vector<Time> Find(uint32_t speaker, uint32_t link, const std::string& prefix) const;

    /**
     * @brief Find the last record.
     * @param speaker at which speaker
     * @param link in which session
     * @param prefix of the text
     * @return the text; empty if there is none
     */
    std::string FindLast(uint32_t speaker, uint32_t link, const std::string& prefix) const;

    /**
     * @brief The routing table of a speaker.
     * @param speaker which
     * @return its BgpRouting
     */
    Ptr<BgpRouting> GetRouting(uint32_t speaker) const;

    /**
     * @brief Count the TCP sockets of a speaker's node.
     * @param speaker which
     * @return how many its kernel has
     */
    std::size_t CountSockets(uint32_t speaker) const;

    /**
     * @brief A prefix.
     * @param text such as "10.1.0.0"
     * @param length such as 16
     * @return the prefix
     */
    static BgpPrefix Prefix(const char* text, uint8_t length);

    BgpHelper helper;                      //!< makes neighbours: attributes are set here
    NodeContainer nodes;                   //!< the nodes
    std::vector<Ptr<BgpSpeaker>> speakers; //!< on them
    std::deque<Link> links;                //!< in the order of Connect
    std::vector<Record> records;           //!< everything that happened

  private:
    /// What the trace sinks need.
    struct Source
    {
        BgpTestNetwork* network; //!< whose
        uint32_t speaker;        //!< at which speaker
        uint32_t link;           //!< in which session
    };

    /**
     * @brief Record what a neighbour does.
     * @param neighbor the neighbour
     * @param speaker at which speaker
     * @param link in which session
     */
    void Watch(Ptr<BgpNeighbor> neighbor, uint32_t speaker, uint32_t link);

    // trace sinks
    static void Write(const Source* source, const std::string& what);
    static void HandleState(Source* source, BgpState from, BgpState to);
    static void HandleLine(Source* source, const DetectionEvent& event);
    static void HandleTx(Source* source, BgpMessageType type, uint32_t size);
    static void HandleRx(Source* source, BgpMessageType type, uint32_t size);
    static void HandleNotificationTx(Source* source, const BgpError& error);
    static void HandleNotificationRx(Source* source, const BgpError& error);

    std::deque<Source> m_sources; //!< sinks point to them
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_TEST_NETWORK_H */
