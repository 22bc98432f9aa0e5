/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-station.h"

#include "ns3/bfd-diagnostic.h"
#include "ns3/bfd-helper.h"
#include "ns3/bfd-shutdown.h"
#include "ns3/bfd-speaker.h"
#include "ns3/boolean.h"
#include "ns3/control-plane-stall.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <optional>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr const char* NAME = "R1"; //!< the station, in all that is written

} // namespace

BfdStation::BfdStation(Ptr<Node> node,
                       const Config& config,
                       Ptr<FailureInjector> injector,
                       ConsoleTranscript& transcript,
                       EventLog& events)
    : m_transcript(transcript),
      m_events(events)
{
    BfdHelper bfd;
    bfd.SetSessionAttribute("DesiredMinTxInterval", TimeValue(config.minTx));
    bfd.SetSessionAttribute("RequiredMinRxInterval", TimeValue(config.minRx));
    bfd.SetSessionAttribute("DetectMult", UintegerValue(config.multiplier));
    bfd.SetSessionAttribute("Passive", BooleanValue(config.passive));
    Ptr<BfdSpeaker> speaker = bfd.Install(node);
    m_session = bfd.AddSession(speaker, config.address, config.peer);
    speaker->AssignStreams(0);

    if (config.renegotiateAt.IsStrictlyPositive())
    {
        Simulator::Schedule(config.renegotiateAt,
                            &BfdSession::SetTimers,
                            m_session,
                            config.renegotiateTx,
                            config.renegotiateRx);
    }
    if (config.stallAt.IsStrictlyPositive())
    {
        Ptr<ControlPlaneStall> stall = CreateObject<ControlPlaneStall>();
        stall->SetName(NAME);
        stall->AddPart(speaker);
        injector->Schedule(stall, config.stallAt, config.stallFor);
    }
    if (config.shutAt.IsStrictlyPositive())
    {
        Ptr<BfdShutdown> shutdown = CreateObject<BfdShutdown>();
        shutdown->SetName(NAME);
        shutdown->SetSession(m_session);
        injector->Schedule(shutdown, config.shutAt, config.shutFor);
    }

    m_events.Watch(injector);
    m_transcript.Watch(injector);
    const auto connect = [this](const char* source, const CallbackBase& sink) {
        m_session->TraceConnectWithoutContext(source, sink);
    };
    connect("State", MakeCallback(&BfdStation::StateChanged, this));
    connect("LineProtocol", MakeCallback(&BfdStation::LineChanged, this));
    connect("PacketTx", MakeCallback(&BfdStation::PacketSent, this));
    connect("PacketRx", MakeCallback(&BfdStation::PacketReceived, this));
}

// ---- what is told ----

void
BfdStation::StateChanged(BfdState from, BfdState to)
{
    m_transcript.Message(NAME,
                         std::string("BFD: ") + ToString(from) + " -> " + ToString(to) + ": " +
                             ToString(m_session->GetDiagnostic()));
    m_events.Write(NAME, "state", ToString(to), std::nullopt);
}

void
BfdStation::LineChanged(const DetectionEvent& event)
{
    m_hasBeenUp = m_hasBeenUp || event.up;
    m_transcript.Message(NAME,
                         std::string("BFD: session ") + (event.up ? "up: " : "down: ") +
                             ToString(event.cause));
    m_events.Hear(NAME, event);
}

void
BfdStation::PacketSent(const BfdHeader& header)
{
    LogPacket("packet-tx", header);
}

void
BfdStation::PacketReceived(const BfdHeader& header)
{
    LogPacket("packet-rx", header);
    SayTimers();
}

void
BfdStation::LogPacket(const char* event, const BfdHeader& header)
{
    std::string detail = ToString(header.GetState());
    detail += header.HasFlag(BfdHeader::POLL) ? " Poll" : "";
    detail += header.HasFlag(BfdHeader::FINAL) ? " Final" : "";
    m_events.Write(NAME, event, detail, header.GetDesiredMinTx());
}

void
BfdStation::SayTimers()
{
    const Time interval = m_session->GetTransmitInterval();
    const Time detectionTime = m_session->GetDetectionTime();
    if (interval == m_transmitInterval && detectionTime == m_detectionTime)
    {
        return;
    }
    m_transmitInterval = interval;
    m_detectionTime = detectionTime;
    std::ostringstream text;
    text << "BFD: sends every " << interval.GetSeconds() << " s; waits for "
         << detectionTime.GetSeconds() << " s";
    m_transcript.Message(NAME, text.str());
    m_events.Write(NAME, "transmit-interval", "", interval.GetMicroSeconds());
    m_events.Write(NAME, "detection-time", "", detectionTime.GetMicroSeconds());
}

bool
BfdStation::HasBeenUp() const
{
    return m_hasBeenUp;
}

} // namespace keepalive
} // namespace ns3
