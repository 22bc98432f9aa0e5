/* SPDX-License-Identifier: GPL-2.0-only */

#include "event-log.h"

#include "ns3/simulator.h"

#include <iomanip>

namespace ns3
{
namespace keepalive
{

EventLog::EventLog(std::ostream& out)
    : m_out(out)
{
    m_out << "time_s,source,event,detail,value\n" << std::fixed << std::setprecision(9);
}

void
EventLog::Watch(Ptr<KeepaliveNetDevice> device, const std::string& name)
{
    m_sources.push_back({this, name});
    Source* source = &m_sources.back();
    device->TraceConnectWithoutContext("LineProtocol", MakeBoundCallback(&EventLog::Line, source));
    device->TraceConnectWithoutContext("KeepaliveTx", MakeBoundCallback(&EventLog::Tx, source));
    device->TraceConnectWithoutContext("KeepaliveRx", MakeBoundCallback(&EventLog::Rx, source));
    device->TraceConnectWithoutContext("Drop", MakeBoundCallback(&EventLog::Drop, source));
}

void
EventLog::Watch(Ptr<FailureInjector> injector)
{
    injector->TraceConnectWithoutContext("Failure", MakeCallback(&EventLog::Failure, this));
}

void
EventLog::Write(const std::string& source,
                const char* event,
                const std::string& detail,
                int64_t value)
{
    m_out << Simulator::Now().GetSeconds() << ',' << source << ',' << event << ',' << detail << ',';
    if (value >= 0)
    {
        m_out << value;
    }
    m_out << '\n';
}

void
EventLog::Line(Source* source, const DetectionEvent& event)
{
    source->log->Write(source->name, event.up ? "line-up" : "line-down", ToString(event.cause), -1);
}

void
EventLog::Tx(Source* source, Ptr<const Packet>, uint32_t counter)
{
    source->log->Write(source->name, "keepalive-tx", "", counter);
}

void
EventLog::Rx(Source* source, Ptr<const Packet>, uint32_t counter)
{
    source->log->Write(source->name, "keepalive-rx", "", counter);
}

void
EventLog::Drop(Source* source, Ptr<const Packet>, DropReason reason)
{
    source->log->Write(source->name, "drop", ToString(reason), -1);
}

void
EventLog::Failure(const FailureEvent& event)
{
    Write(event.target, event.failed ? "failure-begin" : "failure-end", event.kind, event.number);
}

} // namespace keepalive
} // namespace ns3
