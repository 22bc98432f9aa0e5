/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: whatever arrives as BFD is parsed or refused, and a session lives on.
 *
 * The input is a script: of each record the first byte says what to do and how long to wait, the
 * next one how many bytes of a packet follow.
 *
 * A short run is part of the tests. A long one by hand, in the build directory of the fuzzers:
 *
 *     ./keepalive-fuzz-bfd -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "ns3/bfd-session.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @brief Abort unless something holds.
 * @param holds whether it does
 */
void
Require(bool holds)
{
    if (!holds)
    {
        std::abort();
    }
}

/// Checks whatever the session sends.
class Checker : public BfdSession::Owner
{
  public:
    void SendBfdPacket(BfdSession& session, Ptr<Packet> packet) override
    {
        BfdHeader header;
        Require(packet->RemoveHeader(header) == BfdHeader::SIZE && !header.GetError());
        Require(!header.HasFlag(BfdHeader::POLL) || !header.HasFlag(BfdHeader::FINAL));
        Require(!header.HasFlag(BfdHeader::DEMAND));
        Require(header.GetState() == session.GetState());
        Require(header.GetState() == BfdState::UP || header.GetDesiredMinTx() >= 1000000);
        Require(header.GetYourDiscriminator() == session.GetRemoteDiscriminator());
        Require(header.GetYourDiscriminator() != 0 || header.GetState() == BfdState::DOWN ||
                header.GetState() == BfdState::ADMIN_DOWN);
    }

    void Locate(const BfdSession&, DetectionEvent&) const override
    {
    }
};

/**
 * @brief Let some bytes arrive.
 * @param session where
 * @param bytes them
 */
void
Arrive(BfdSession& session, const std::vector<uint8_t>& bytes)
{
    Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    BfdHeader header;
    const uint32_t consumed = packet->PeekHeader(header);
    std::ostringstream printed;
    header.Print(printed);
    if (header.GetError())
    {
        Require(consumed == 0); // what is malformed must consume nothing
        return;
    }

    // What is well formed encodes to the same bytes.
    Require(consumed == bytes[3] && consumed <= bytes.size());
    Ptr<Packet> again = Create<Packet>();
    again->AddHeader(header);
    std::vector<uint8_t> encoded(consumed);
    Require(again->CopyData(encoded.data(), consumed) == consumed);
    Require(std::equal(encoded.begin(), encoded.end(), bytes.begin()));

    // As the speaker does it: without our discriminator a peer can only be going down.
    const bool down =
        header.GetState() == BfdState::DOWN || header.GetState() == BfdState::ADMIN_DOWN;
    if (header.GetYourDiscriminator() != 0 || down)
    {
        session.Receive(header, packet);
    }
}

} // namespace

/**
 * @brief Called by libFuzzer with one input after another.
 * @param data the bytes
 * @param size how many
 * @return 0, always
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    Checker checker;
    Ptr<BfdSession> session = CreateObject<BfdSession>();
    session->AssignStreams(1);
    session->Start(&checker, 1, false);
    for (size_t at = 0; at + 2 <= size;)
    {
        const uint8_t action = data[at];
        const size_t length = std::min<size_t>(data[at + 1], size - at - 2);
        const std::vector<uint8_t> bytes(data + at + 2, data + at + 2 + length);
        at += 2 + length;
        switch (action & 0x07)
        {
        case 0:
            session->SetAdminDown((action & 0x08) != 0);
            break;
        case 1:
            session->SetStalled((action & 0x08) != 0);
            break;
        case 2:
            // Not below 20 ms, so that a run takes no longer than a script of its length should.
            session->SetTimers(MilliSeconds(20 + 40 * (action >> 3)),
                               MilliSeconds(20 + 90 * (action >> 5)));
            break;
        case 3:
            session->SetDetectMult(static_cast<uint8_t>(1 + (action >> 3)));
            break;
        default:
            Arrive(*session, bytes);
            break;
        }
        Simulator::Stop(MilliSeconds((action >> 3) * 20));
        Simulator::Run();
        Require(session->GetState() == BfdState::ADMIN_DOWN ||
                session->GetDetectionTime().IsZero() ||
                session->GetTimeLeft() <= session->GetDetectionTime());
        Require(session->IsUp() == (session->GetState() == BfdState::UP));
    }
    session->Stop(LineCause::NODE_CRASHED);
    Require(!session->IsUp());
    session->Dispose();
    session = nullptr;
    Simulator::Destroy();
    return 0;
}
