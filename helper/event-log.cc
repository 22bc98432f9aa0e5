/* SPDX-License-Identifier: GPL-2.0-only */

#include "event-log.h"

#include "ns3/abort.h"
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
    Watch(device, name, TraceNames());
}

void
EventLog::Watch(Ptr<Object> object, const std::string& name, const TraceNames& traces)
{
    m_sources.push_back({this, name});
    Source* source = &m_sources.back();
    Connect(object, traces.line, MakeBoundCallback(&EventLog::Line, source));
    Connect(object, traces.keepaliveTx, MakeBoundCallback(&EventLog::Tx, source));
    Connect(object, traces.keepaliveRx, MakeBoundCallback(&EventLog::Rx, source));
    Connect(object, traces.drop, MakeBoundCallback(&EventLog::Drop, source));
}

void
EventLog::Watch(Ptr<FailureInjector> injector)
{
    injector->TraceConnectWithoutContext("Failure", MakeCallback(&EventLog::Failure, this));
}

void
EventLog::Hear(const std::string& source, const DetectionEvent& event)
{
    Write(source, event.up ? "line-up" : "line-down", ToString(event.cause), std::nullopt);
}

void
EventLog::Write(const std::string& source,
                const std::string& event,
                const std::string& detail,
                std::optional<uint64_t> value)
{
    m_out << Simulator::Now().GetSeconds() << ',' << source << ',' << event << ',' << detail << ',';
    if (value)
    {
        m_out << *value;
    }
    m_out << '\n';
}

void
EventLog::Connect(Ptr<Object> object, const std::string& traceSource, const CallbackBase& sink)
{
    NS_ABORT_MSG_IF(!traceSource.empty() && !object->TraceConnectWithoutContext(traceSource, sink),
                    object->GetInstanceTypeId().GetName()
                        << " has no trace source " << traceSource);
}

void
EventLog::Line(Source* source, const DetectionEvent& event)
{
    source->log->Hear(source->name, event);
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
    source->log->Write(source->name, "drop", ToString(reason), std::nullopt);
}

void
EventLog::Failure(const FailureEvent& event)
{
    Write(event.target, event.failed ? "failure-begin" : "failure-end", event.kind, event.number);
}

} // namespace keepalive
} // namespace ns3
