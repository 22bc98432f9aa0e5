/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-port.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

// Since Linux 4.20; the headers may be older than the kernel.
#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr const char* TUN_DEVICE = "/dev/net/tun"; //!< where TAP interfaces come from

/**
 * @brief Say what a system call complained of.
 * @param what what was to be done
 * @return one line
 */
std::string
Explain(const std::string& what)
{
    return what + ": " + std::strerror(errno);
}

} // namespace

EthernetPort::~EthernetPort()
{
    if (m_descriptor >= 0)
    {
        close(m_descriptor);
    }
}

std::optional<std::string>
EthernetPort::OpenTap(const std::string& name)
{
    if (name.empty() || name.size() >= IFNAMSIZ)
    {
        return "cannot open TAP " + name + ": no name of an interface";
    }
    m_descriptor = open(TUN_DEVICE, O_RDWR | O_CLOEXEC);
    if (m_descriptor < 0)
    {
        return Explain(std::string("cannot open ") + TUN_DEVICE);
    }
    struct ifreq request = {};
    request.ifr_flags = IFF_TAP | IFF_NO_PI; // bare frames, as a wire has them
    name.copy(request.ifr_name, IFNAMSIZ - 1);
    if (ioctl(m_descriptor, TUNSETIFF, &request) != 0)
    {
        return Explain("cannot open TAP " + name);
    }
    return std::nullopt;
}

std::optional<std::string>
EthernetPort::OpenInterface(const std::string& name)
{
    // Without a protocol it hears nothing, rather than every interface until it is bound to one.
    m_descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
    {
        return Explain("cannot open interface " + name);
    }
    struct sockaddr_ll address = {};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_ALL);
    address.sll_ifindex = static_cast<int>(if_nametoindex(name.c_str()));
    // What is sent here shall not be heard here.
    const int ignore = 1;
    // The simulated station has a hardware address of its own.
    struct packet_mreq promiscuous = {};
    promiscuous.mr_ifindex = address.sll_ifindex;
    promiscuous.mr_type = PACKET_MR_PROMISC;
    if (address.sll_ifindex == 0 ||
        setsockopt(m_descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &ignore, sizeof(ignore)) ||
        setsockopt(m_descriptor,
                   SOL_PACKET,
                   PACKET_ADD_MEMBERSHIP,
                   &promiscuous,
                   sizeof(promiscuous)) ||
        bind(m_descriptor, reinterpret_cast<struct sockaddr*>(&address), sizeof(address)))
    {
        return Explain("cannot open interface " + name);
    }
    return std::nullopt;
}

int
EthernetPort::Release()
{
    const int descriptor = m_descriptor;
    m_descriptor = -1;
    return descriptor;
}

} // namespace keepalive
} // namespace ns3
