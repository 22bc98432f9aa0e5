/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-capture.h"

#include "ns3/network-order.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

using Bytes = std::vector<uint8_t>; //!< as they are in the file

constexpr uint32_t PCAP_MAGIC = 0xa1b2c3d4;     //!< what a pcap file begins with
constexpr uint32_t PCAPNG_SECTION = 0x0a0d0d0a; //!< block: what a pcapng file begins with
constexpr uint32_t PCAPNG_INTERFACE = 1;        //!< block: says the type of its frames
constexpr uint32_t PCAPNG_PACKET = 6;           //!< block: a frame
constexpr uint32_t LINK_ETHERNET = 1;           //!< type of frames
constexpr uint32_t LINK_CISCO_HDLC = 104;       //!< type of frames
constexpr uint16_t PROTOCOL_IPV4 = 0x0800;      //!< in either
constexpr uint8_t PROTOCOL_TCP = 6;             //!< in IPv4
constexpr uint8_t FLAG_SYN = 0x02;              //!< in TCP

/**
 * @brief A number as a little-endian machine writes it.
 * @param file the file
 * @param at where; the number is 0 if that is behind the end
 * @return the number
 */
uint32_t
GetLittle(const Bytes& file, std::size_t at)
{
    if (at + 4 > file.size())
    {
        return 0;
    }
    return file[at] | uint32_t{file[at + 1]} << 8 | uint32_t{file[at + 2]} << 16 |
           uint32_t{file[at + 3]} << 24;
}

/// A frame and what it is.
struct Frame
{
    uint32_t type; //!< LINK_ETHERNET and so on
    Bytes bytes;   //!< the frame
};

/**
 * @brief Part of a file.
 * @param file the file
 * @param at where it begins
 * @param size how long it is, as far as the file goes
 * @return the part
 */
Bytes
GetPart(const Bytes& file, std::size_t at, std::size_t size)
{
    const std::size_t begin = std::min(at, file.size());
    const std::size_t end = std::min(begin + size, file.size());
    return {file.begin() + static_cast<std::ptrdiff_t>(begin),
            file.begin() + static_cast<std::ptrdiff_t>(end)};
}

/**
 * @brief The frames of a capture file.
 * @param file the file
 * @return the frames; none if it is of no kind that is known
 */
std::vector<Frame>
ReadFrames(const Bytes& file)
{
    std::vector<Frame> frames;
    if (GetLittle(file, 0) == PCAP_MAGIC)
    {
        const uint32_t type = GetLittle(file, 20);
        for (std::size_t at = 24; at < file.size(); at += 16 + GetLittle(file, at + 8))
        {
            frames.push_back({type, GetPart(file, at + 16, GetLittle(file, at + 8))});
        }
        return frames;
    }
    if (GetLittle(file, 0) != PCAPNG_SECTION)
    {
        return frames;
    }
    uint32_t type = 0;
    uint32_t size = 0;
    for (std::size_t at = 0; at < file.size(); at += size)
    {
        size = std::max<uint32_t>(GetLittle(file, at + 4), 12);
        switch (GetLittle(file, at))
        {
        case PCAPNG_INTERFACE:
            type = GetLittle(file, at + 8) & 0xffff;
            break;
        case PCAPNG_PACKET:
            frames.push_back({type, GetPart(file, at + 28, GetLittle(file, at + 20))});
            break;
        }
    }
    return frames;
}

/// A TCP segment.
struct Segment
{
    CapturedStream stream; //!< who sends it to whom, and its data
    uint32_t sequence{0};  //!< number of its first byte
    bool syn{false};       //!< whether it begins a connection
};

/**
 * @brief Take a frame apart.
 * @param frame the frame
 * @param segment the segment in it
 * @return false if there is none
 */
bool
ReadSegment(const Frame& frame, Segment& segment)
{
    const Bytes& bytes = frame.bytes;
    const std::size_t ip = frame.type == LINK_ETHERNET ? 14 : 4;
    if ((frame.type != LINK_ETHERNET && frame.type != LINK_CISCO_HDLC) || bytes.size() < ip + 20 ||
        ReadUint16(&bytes[ip - 2]) != PROTOCOL_IPV4 || bytes[ip + 9] != PROTOCOL_TCP)
    {
        return false;
    }
    const std::size_t end = ip + ReadUint16(&bytes[ip + 2]); // Ethernet pads
    const std::size_t tcp = ip + 4 * (bytes[ip] & 0x0f);
    if (end > bytes.size() || end < tcp + 20)
    {
        return false;
    }
    const std::size_t data = tcp + 4 * (bytes[tcp + 12] >> 4);
    if (data > end)
    {
        return false;
    }
    segment.stream.source = ReadUint32(&bytes[ip + 12]);
    segment.stream.destination = ReadUint32(&bytes[ip + 16]);
    segment.stream.sourcePort = ReadUint16(&bytes[tcp]);
    segment.stream.destinationPort = ReadUint16(&bytes[tcp + 2]);
    segment.stream.bytes = GetPart(bytes, data, end - data);
    segment.sequence = ReadUint32(&bytes[tcp + 4]);
    segment.syn = (bytes[tcp + 13] & FLAG_SYN) != 0;
    return true;
}

/// A connection in one direction, whose bytes may arrive in any order.
struct Assembly
{
    CapturedStream stream;            //!< who sends to whom
    uint32_t first{0};                //!< sequence number of the first byte
    std::map<uint32_t, uint8_t> data; //!< bytes by their place in the stream

    /**
     * @brief Whether a segment may belong to it.
     * @param segment the segment
     * @return false if it contradicts what is there
     */
    bool Accepts(const Segment& segment) const
    {
        const uint32_t place = segment.sequence - first;
        for (uint32_t i = 0; i < segment.stream.bytes.size(); i++)
        {
            const auto there = data.find(place + i);
            if (there != data.end() && there->second != segment.stream.bytes[i])
            {
                return false;
            }
        }
        return true;
    }

    /**
     * @brief Add the bytes of a segment.
     * @param segment the segment
     */
    void Add(const Segment& segment)
    {
        uint32_t place = segment.sequence - first;
        for (const uint8_t byte : segment.stream.bytes)
        {
            data.emplace(place, byte);
            place++;
        }
    }
};

} // namespace

std::string
FindCapture(const std::string& name)
{
    const std::string here = __FILE__;
    const std::size_t slash = here.rfind('/');
    const std::string path = (slash == std::string::npos ? "." : here.substr(0, slash)) +
                             "/../../shared/captures/" + name;
    return std::ifstream(path) ? path : "";
}

std::vector<CapturedStream>
ReadTcpStreams(const std::string& path, uint16_t port)
{
    std::ifstream input(path, std::ios::binary);
    const Bytes file{std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};

    std::vector<Assembly> assemblies;
    std::map<std::tuple<uint32_t, uint32_t, uint16_t, uint16_t>, std::size_t> current;
    for (const Frame& frame : ReadFrames(file))
    {
        Segment segment;
        if (!ReadSegment(frame, segment) ||
            (segment.stream.sourcePort != port && segment.stream.destinationPort != port))
        {
            continue;
        }
        const CapturedStream& stream = segment.stream;
        const auto key = std::make_tuple(stream.source,
                                         stream.destination,
                                         stream.sourcePort,
                                         stream.destinationPort);
        const auto known = current.find(key);
        if (known == current.end() || segment.syn || !assemblies[known->second].Accepts(segment))
        {
            Assembly assembly;
            assembly.stream = stream;
            assembly.stream.bytes.clear();
            assembly.first = segment.sequence + (segment.syn ? 1 : 0);
            current[key] = assemblies.size();
            assemblies.push_back(std::move(assembly));
        }
        if (!segment.syn)
        {
            assemblies[current[key]].Add(segment);
        }
    }

    std::vector<CapturedStream> streams;
    for (Assembly& assembly : assemblies)
    {
        CapturedStream& stream = assembly.stream;
        for (const auto& [place, byte] : assembly.data)
        {
            if (place != stream.bytes.size())
            {
                stream.complete = false;
                break;
            }
            stream.bytes.push_back(byte);
        }
        if (!assembly.data.empty())
        {
            streams.push_back(std::move(stream));
        }
    }
    return streams;
}

} // namespace keepalive
} // namespace ns3
