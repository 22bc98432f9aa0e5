/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TRAFFIC_MONITOR_H
#define KEEPALIVE_TRAFFIC_MONITOR_H

#include "ns3/address.h"
#include "ns3/application.h"
#include "ns3/failure-injector.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What failures do to user traffic: throughput over time, black holes, packets lost.
 *
 * A flow is a source with a trace source "Tx" and a sink with a trace source "Rx", such as
 * OnOffApplication and PacketSink. Packets are recognised by their uid.
 *
 * The black hole of a failure lasts from the failure until the first packet is sent that arrives:
 * from then on traffic flows again, over whatever path. Its resolution is the time between two
 * packets of the flow.
 */
class TrafficMonitor
{
  public:
    /// What one failure did to one flow.
    struct BlackHole
    {
        uint32_t failure{0};       //!< which failure
        uint32_t flow{0};          //!< which flow, as returned by Watch
        Time began;                //!< when it failed
        std::optional<Time> ended; //!< when traffic flowed again; none if never
        uint64_t packetsLost{0};   //!< packets that it swallowed

        /**
         * @brief How long it lasted.
         * @return from failure to the first packet that got through, 0 if none was lost; none if
         *         traffic never flowed again
         */
        std::optional<Time> GetDuration() const;
    };

    /**
     * @brief Start.
     * @param bin width of the throughput bins
     */
    explicit TrafficMonitor(Time bin);

    TrafficMonitor(const TrafficMonitor&) = delete;
    TrafficMonitor& operator=(const TrafficMonitor&) = delete;

    /**
     * @brief Watch a flow. The monitor must outlive the simulation.
     * @param source sends it
     * @param sink receives it, and no other
     * @param name its name in tables, such as "R1->R2"
     * @return its number, counting from 0
     */
    uint32_t Watch(Ptr<Application> source, Ptr<Application> sink, const std::string& name);

    /**
     * @brief Learn of failures.
     * @param injector the injector
     */
    void Watch(Ptr<FailureInjector> injector);

    /**
     * @brief The simulation has ended: what is not delivered is lost.
     */
    void Finish();

    /**
     * @brief What the failures did, by failure and flow.
     * @return one entry for each failure and flow
     */
    const std::vector<BlackHole>& GetBlackHoles() const;

    /**
     * @brief What a failure did to a flow.
     * @param failure its number
     * @param flow its number
     * @return the entry, null if there is none
     */
    const BlackHole* Find(uint32_t failure, uint32_t flow) const;

    /**
     * @brief Write throughput over time as CSV: time_s, flow, sent_bit_per_s, received_bit_per_s.
     * @param out where to
     */
    void WriteThroughput(std::ostream& out) const;

  private:
    /// One flow.
    struct Flow
    {
        TrafficMonitor* monitor;             //!< the monitor
        uint32_t number;                     //!< which flow
        std::string name;                    //!< its name
        std::map<uint64_t, Time> underway;   //!< uid and send time of what has not arrived
        std::vector<uint64_t> sentBits;      //!< by bin
        std::vector<uint64_t> receivedBits;  //!< by bin
        std::optional<std::size_t> openHole; //!< the black hole that lasts

        /**
         * @brief Give up packets that have not arrived.
         * @param before those sent before this
         * @return how many there were
         */
        uint64_t Forget(Time before);
    };

    static void Tx(Flow* flow, Ptr<const Packet> packet);
    static void Rx(Flow* flow, Ptr<const Packet> packet, const Address& from);
    void Failure(const FailureEvent& event);

    /**
     * @brief Add to the present bin.
     * @param bins the bins
     * @param bits how much
     */
    void Count(std::vector<uint64_t>& bins, uint64_t bits) const;

    Time m_bin;                          //!< width of the bins
    std::list<Flow> m_flows;             //!< all flows; a list, because sinks point into it
    std::vector<BlackHole> m_blackHoles; //!< by failure, then flow
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TRAFFIC_MONITOR_H */
