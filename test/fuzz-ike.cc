/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: datagrams of any bytes arrive at a live IKE host, one after another.
 *
 * First the input as a whole is read as an IKE message: what is well formed must encode unchanged.
 * Then it is a conversation: the first byte chooses the profile and the cipher suite, and each
 * datagram is a byte that says where it goes and what of it is put right (so that the fuzzer need
 * not guess 16 octets of cookies), a byte of length, and its bytes. Between them time passes, so
 * that the agent asks, gives up and sets up. Every datagram must be counted once: dropped by the
 * sockets, heard as a NAT keepalive, or handed to the agent.
 *
 *     ./keepalive-fuzz-ike -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "dpd-test-network.h"

#include "ns3/dpd-message.h"
#include "ns3/dpd-profile.h"
#include "ns3/ike-notify.h"
#include "ns3/ike-payload.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

using Bytes = std::vector<uint8_t>;

/// What is put right in a datagram.
enum Repair : uint8_t
{
    ON_500 = 0x01,  //!< it goes to UDP 500, without marker
    COOKIES = 0x02, //!< the cookies of the SA
    LENGTH = 0x04,  //!< the length
    MARKER = 0x08,  //!< the non-ESP marker
    SPI = 0x10,     //!< the SPI of ESP instead of all that
    WAIT = 0x20     //!< a long time passes first
};

constexpr uint32_t MARKER_SIZE = IkePort::NON_ESP_MARKER_SIZE; //!< before IKE on UDP 4500

/**
 * @brief Read bytes as a message, and write what was read.
 * @param bytes the bytes
 */
void
CheckCodecs(const Bytes& bytes)
{
    Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    IkeHeader header;
    const uint32_t consumed = packet->RemoveHeader(header);
    std::ostringstream printed;
    header.Print(printed);
    if ((consumed == 0) != header.GetError().has_value())
    {
        std::abort(); // what is malformed must consume nothing
    }
    Bytes body(packet->GetSize());
    packet->CopyData(body.data(), packet->GetSize());
    if (consumed != 0)
    {
        Ptr<Packet> again = packet->Copy();
        again->AddHeader(header);
        Bytes written(again->GetSize());
        again->CopyData(written.data(), again->GetSize());
        if (written != bytes)
        {
            std::abort();
        }
        for (uint8_t version = 1; version <= 2; version++)
        {
            for (const std::string& name : IkeCipherSuite::GetNames(version))
            {
                static_cast<void>(
                    DpdMessage::Read(header, body, *IkeCipherSuite::Find(name, version)));
            }
        }
    }
    const uint8_t first = bytes.empty() ? 0 : bytes[0];
    if (const auto chain = IkePayload::Read(first, body))
    {
        if (IkePayload::Write(*chain) != body)
        {
            std::abort();
        }
    }
    if (const auto notify = IkeNotify::Read(body))
    {
        static_cast<void>(notify->GetDpd());
        if (notify->Write() != body)
        {
            std::abort();
        }
    }
}

/**
 * @brief Write a number over octets, as many as there are.
 * @param bytes the octets
 * @param at where it begins
 * @param size octets of the number
 * @param number the number
 */
void
Overwrite(Bytes& bytes, std::size_t at, std::size_t size, uint64_t number)
{
    for (std::size_t i = 0; i < size && at + i < bytes.size(); i++)
    {
        bytes[at + i] = static_cast<uint8_t>(number >> 8 * (size - 1 - i));
    }
}

/**
 * @brief Put right what a datagram needs.
 * @param bytes the datagram
 * @param repair what to put right
 * @param names the SA
 */
void
Mend(Bytes& bytes, uint8_t repair, const IkeAssociation::Names& names)
{
    if ((repair & SPI) != 0)
    {
        Overwrite(bytes, 0, 4, names.inboundSpi);
        return;
    }
    const std::size_t start = (repair & ON_500) != 0 ? 0 : MARKER_SIZE;
    if ((repair & MARKER) != 0)
    {
        Overwrite(bytes, 0, start, 0);
    }
    if ((repair & COOKIES) != 0)
    {
        Overwrite(bytes, start, 8, names.initiatorCookie);
        Overwrite(bytes, start + 8, 8, names.responderCookie);
    }
    if ((repair & LENGTH) != 0 && bytes.size() >= start)
    {
        Overwrite(bytes, start + 24, 4, bytes.size() - start);
    }
}

/// What reached the host, and what became of it.
struct Count
{
    uint64_t heard{0};      //!< Rx of the sockets
    uint64_t keepalives{0}; //!< of these, NAT keepalives
    uint64_t taken{0};      //!< Rx of the association
    uint64_t dropped{0};    //!< Drop of the sockets
};

/**
 * @brief A datagram arrived.
 * @param count what to count in
 * @param kind what it is
 */
void
Heard(Count* count, Ptr<const Packet>, IkeDatagram kind)
{
    count->heard++;
    count->keepalives += kind == IkeDatagram::NAT_KEEPALIVE ? 1 : 0;
}

/**
 * @brief The agent got one.
 * @param count what to count in
 */
void
Taken(Count* count, Ptr<const Packet>, IkeDatagram)
{
    count->taken++;
}

/**
 * @brief The sockets dropped one.
 * @param count what to count in
 */
void
Dropped(Count* count, Ptr<const Packet>, DropReason)
{
    count->dropped++;
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
    CheckCodecs(Bytes(data, data + size));
    if (size == 0)
    {
        return 0;
    }
    DpdTestNetwork network;
    const std::vector<std::string> profiles = DpdProfile::GetNames();
    const std::string profile = profiles[data[0] % profiles.size()];
    Ptr<DpdAgent> agent = network.AddAgent(1, profile);
    if (data[0] >= 128)
    {
        agent->SetAttribute("CipherSuite", StringValue("none"));
    }
    Count count;
    Ptr<IkePort> port = IkePort::Of(network.hosts.Get(1));
    port->TraceConnectWithoutContext("Rx", MakeBoundCallback(&Heard, &count));
    port->TraceConnectWithoutContext("Drop", MakeBoundCallback(&Dropped, &count));
    agent->GetAssociation()->TraceConnectWithoutContext("Rx", MakeBoundCallback(&Taken, &count));
    Simulator::Stop(MilliSeconds(1));
    Simulator::Run();

    uint64_t sent = 0;
    uint16_t from = 10000;
    std::size_t at = 1;
    while (at + 2 <= size)
    {
        const uint8_t repair = data[at];
        const std::size_t length = std::min<std::size_t>(data[at + 1], size - at - 2);
        Bytes bytes(data + at + 2, data + at + 2 + length);
        at += 2 + length;
        if ((repair & WAIT) != 0)
        {
            Simulator::Stop(Seconds(11));
            Simulator::Run();
        }
        Mend(bytes, repair, agent->GetAssociation()->GetNames());
        const bool nat = (repair & ON_500) == 0;
        network.SendBytesAt(Seconds(0),
                            0,
                            from++,
                            nat ? IkePort::NAT_PORT : IkePort::IKE_PORT,
                            bytes);
        sent++;
        Simulator::Stop(MilliSeconds(10));
        Simulator::Run();
    }
    // On UDP 4500 too short a datagram is dropped before it is anything.
    if (count.taken + count.keepalives + count.dropped != sent || count.heard > sent)
    {
        std::abort();
    }
    return 0;
}
