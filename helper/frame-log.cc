/* SPDX-License-Identifier: GPL-2.0-only */

#include "frame-log.h"

#include "ns3/abort.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <iomanip>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Write a number if there is one, and a comma.
 * @param out where to
 * @param number the number
 */
void
WriteCell(std::ostream& out, const std::optional<uint32_t>& number)
{
    if (number)
    {
        out << *number;
    }
    out << ',';
}

} // namespace

FrameLog::FrameLog(std::ostream& out)
    : m_out(out)
{
    m_out << "sent_s,arrived_s,from,to,protocol,kind,identifier,acknowledged,bytes,fate\n"
          << std::fixed << std::setprecision(9);
}

void
FrameLog::Watch(Ptr<SerialNetDevice> a,
                const std::string& nameOfA,
                Ptr<SerialNetDevice> b,
                const std::string& nameOfB)
{
    NS_ABORT_MSG_IF(!a->GetSerialChannel() || a->GetSerialChannel() != b->GetSerialChannel(),
                    nameOfA << " and " << nameOfB << " are not the ends of one line");
    m_lines.emplace_back();
    Line& line = m_lines.back();
    const Ptr<SerialNetDevice> devices[] = {a, b};
    const std::string names[] = {nameOfA, nameOfB};
    for (std::size_t i = 0; i < 2; i++)
    {
        Ptr<SerialNetDevice> device = devices[i];
        End* end = &line.ends[i];
        const bool ppp = !DynamicCast<HdlcNetDevice>(device);
        *end = {this, &line, &line.ends[1 - i], names[i], ppp, std::nullopt};
        device->TraceConnectWithoutContext("PhyTxBegin", MakeBoundCallback(&FrameLog::Sent, end));
        device->TraceConnectWithoutContext("PhyRxEnd", MakeBoundCallback(&FrameLog::Arrived, end));
        device->TraceConnectWithoutContext("PhyRxDrop", MakeBoundCallback(&FrameLog::Refused, end));
        device->TraceConnectWithoutContext("Drop",
                                           MakeBoundCallback(&FrameLog::DroppedByDevice, end));
        device->GetSerialChannel()->GetWireFrom(device)->TraceConnectWithoutContext(
            "Drop",
            MakeBoundCallback(&FrameLog::DroppedByWire, end));
    }
}

void
FrameLog::Finish()
{
    for (auto& line : m_lines)
    {
        for (const auto& frame : line.underway)
        {
            Write(frame, *frame.from->peer, false, "underway");
        }
        line.underway.clear();
    }
}

bool
FrameLog::Settle(Line& line,
                 uint64_t uid,
                 const End& from,
                 const End& to,
                 bool arrived,
                 const char* fate)
{
    const auto found =
        std::find_if(line.underway.begin(), line.underway.end(), [&](const Frame& frame) {
            return frame.uid == uid && frame.from == &from;
        });
    if (found == line.underway.end())
    {
        return false;
    }
    Write(*found, to, arrived, fate);
    line.underway.erase(found);
    return true;
}

void
FrameLog::SettleAt(End& end, uint64_t uid, const char* fate)
{
    if (!Settle(*end.line, uid, *end.peer, end, true, fate))
    {
        Settle(*end.line, uid, end, end, true, fate);
    }
}

void
FrameLog::Write(const Frame& frame, const End& to, bool arrived, const char* fate)
{
    m_out << frame.sent.GetSeconds() << ',';
    if (arrived)
    {
        m_out << Simulator::Now().GetSeconds();
    }
    m_out << ',' << frame.from->name << ',' << to.name << ',' << (frame.from->ppp ? "ppp" : "hdlc")
          << ',' << frame.description.kind << ',';
    WriteCell(m_out, frame.description.identifier);
    WriteCell(m_out, frame.description.acknowledged);
    m_out << frame.bytes << ',' << fate << '\n';
}

void
FrameLog::Sent(End* end, Ptr<const Packet> packet)
{
    end->line->underway.push_back({packet->GetUid(),
                                   Simulator::Now(),
                                   end,
                                   end->ppp ? DescribePppFrame(packet) : DescribeHdlcFrame(packet),
                                   packet->GetSize()});
}

void
FrameLog::Arrived(End* end, Ptr<const Packet> packet)
{
    end->log->SettleAt(*end, packet->GetUid(), "arrived");
}

void
FrameLog::Refused(End* end, Ptr<const Packet> packet)
{
    // The device tells the reason in its trace Drop, right behind this.
    end->refusedUid = packet->GetUid();
}

void
FrameLog::DroppedByDevice(End* end, Ptr<const Packet> packet, DropReason reason)
{
    // Other drops are of packets that did not get onto the line, or that did arrive.
    if (end->refusedUid == packet->GetUid())
    {
        end->refusedUid.reset();
        end->log->SettleAt(*end, packet->GetUid(), ToString(reason));
    }
}

void
FrameLog::DroppedByWire(End* end, Ptr<const Packet> packet, DropReason reason)
{
    end->log->Settle(*end->line, packet->GetUid(), *end, *end->peer, false, ToString(reason));
}

} // namespace keepalive
} // namespace ns3
