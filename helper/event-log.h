/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_EVENT_LOG_H
#define KEEPALIVE_EVENT_LOG_H

#include "ns3/callback.h"
#include "ns3/detection-event.h"
#include "ns3/drop-reason.h"
#include "ns3/failure-injector.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <list>
#include <optional>
#include <ostream>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Writes everything that happens, as it happens, as one CSV table.
 *
 * Columns: time_s, source, event, detail, value. Events: keepalive-tx and keepalive-rx (value is
 * the count of unanswered keepalives), line-up and line-down (detail is the cause), drop (detail is
 * the reason), failure-begin and failure-end (detail is the kind of failure, value its number).
 * Mechanisms with more to say add events of their own by Write. Trace sinks only: it changes
 * nothing.
 */
class EventLog
{
  public:
    /// How the trace sources of an object are called; empty if it has no such trace source.
    struct TraceNames
    {
        std::string line{"LineProtocol"};       //!< of DetectionEvent::TracedCallback
        std::string keepaliveTx{"KeepaliveTx"}; //!< of KeepaliveNetDevice's signature
        std::string keepaliveRx{"KeepaliveRx"}; //!< of KeepaliveNetDevice's signature
        std::string drop{"Drop"};               //!< of DropTracedCallback
    };

    /**
     * @brief Start a log.
     * @param out where to; must outlive the simulation, as this object must
     */
    explicit EventLog(std::ostream& out);

    EventLog(const EventLog&) = delete;
    EventLog& operator=(const EventLog&) = delete;

    /**
     * @brief Log what an interface does.
     * @param device the interface
     * @param name what to call it, such as "R1"
     */
    void Watch(Ptr<KeepaliveNetDevice> device, const std::string& name);

    /**
     * @brief Log what anything does.
     * @param source the object
     * @param name what to call it, such as "R1"
     * @param traces its trace sources; aborts if it has none of one of these names
     */
    void Watch(Ptr<Object> source, const std::string& name, const TraceNames& traces);

    /**
     * @brief Log what an injector does.
     * @param injector the injector
     */
    void Watch(Ptr<FailureInjector> injector);

    /**
     * @brief Log that an end now trusts, or no longer trusts, its peer.
     * @param source who, such as "R1"
     * @param event the change, of this instant
     */
    void Hear(const std::string& source, const DetectionEvent& event);

    /**
     * @brief Write a row, with the present time.
     * @param source who
     * @param event what
     * @param detail of what kind, or why; without commas, as all texts of the table
     * @param value a number, or none
     */
    void Write(const std::string& source,
               const std::string& event,
               const std::string& detail,
               std::optional<uint64_t> value);

  private:
    /// One object: what its sinks need.
    struct Source
    {
        EventLog* log;    //!< the log
        std::string name; //!< the object
    };

    /**
     * @brief Connect a sink, if there is such a trace source.
     * @param object the object
     * @param traceSource name of its trace source, empty for none
     * @param sink the sink
     */
    static void Connect(Ptr<Object> object,
                        const std::string& traceSource,
                        const CallbackBase& sink);

    // trace sinks, one per trace source
    static void Line(Source* source, const DetectionEvent& event);
    static void Tx(Source* source, Ptr<const Packet>, uint32_t counter);
    static void Rx(Source* source, Ptr<const Packet>, uint32_t counter);
    static void Drop(Source* source, Ptr<const Packet>, DropReason reason);
    void Failure(const FailureEvent& event);

    std::ostream& m_out;         //!< where to
    std::list<Source> m_sources; //!< all objects; a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_EVENT_LOG_H */
