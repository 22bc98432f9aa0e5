/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_EVENT_LOG_H
#define KEEPALIVE_EVENT_LOG_H

#include "ns3/detection-event.h"
#include "ns3/drop-reason.h"
#include "ns3/failure-injector.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <list>
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
 * Trace sinks only: it changes nothing.
 */
class EventLog
{
  public:
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
     * @brief Log what an injector does.
     * @param injector the injector
     */
    void Watch(Ptr<FailureInjector> injector);

  private:
    /// One interface: what its sinks need.
    struct Source
    {
        EventLog* log;    //!< the log
        std::string name; //!< the interface
    };

    /**
     * @brief Write a row.
     * @param source who
     * @param event what
     * @param detail of what kind, or why
     * @param value a number, -1 for none
     */
    void Write(const std::string& source,
               const char* event,
               const std::string& detail,
               int64_t value);

    // trace sinks, one per trace source
    static void Line(Source* source, const DetectionEvent& event);
    static void Tx(Source* source, Ptr<const Packet>, uint32_t counter);
    static void Rx(Source* source, Ptr<const Packet>, uint32_t counter);
    static void Drop(Source* source, Ptr<const Packet>, DropReason reason);
    void Failure(const FailureEvent& event);

    std::ostream& m_out;         //!< where to
    std::list<Source> m_sources; //!< all interfaces; a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_EVENT_LOG_H */
