/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief What does a NAT do with these packets? A script of them, from inside and outside, and what
 *        comes out on the other side.
 *
 *      inside ------------- NAT ------------- outside
 *      10.0.1.0/24    .1          .1     10.0.2.0/24
 *
 * There are no hosts: the packets of the script are put on the links as they are, whoever they are
 * said to be of, and nothing answers what arrives. examples/nat-script.txt is a script; how they
 * are written is told in packet-script.h. test/nat-peer-test.py sends the same packets through the
 * Linux kernel, and compares.
 *
 * Expected output, with examples/nat-script.txt and the defaults: what comes out, a packet a line.
 * The answer at 30 s still finds its binding, which two keepalives have held open; the one at 70 s
 * does not, and is dropped.
 *
 * Files written below --out: config.ini; packets.csv, what comes out; drops.csv, what does not, and
 * why; bindings.csv, when they were made and when they ended.
 *
 * Exit status: 0; 1 if a packet of the script refers to one that did not come out; 2 for bad
 * options or a bad script, with nothing written.
 */

#include "nat-bench.h"
#include "option-types.h"
#include "output-file.h"
#include "packet-script.h"
#include "program-options.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/ipv4-address.h"
#include "ns3/nat-helper.h"
#include "ns3/nat-profile.h"
#include "ns3/nstime.h"
#include "ns3/string.h"

#include <filesystem>
#include <iomanip>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// Options that are times, each with the attribute of the box.
constexpr std::pair<const char*, const char*> TIMEOUTS[] = {
    {"udp-timeout", "UdpTimeout"},
    {"udp-stream-timeout", "UdpStreamTimeout"},
    {"icmp-timeout", "IcmpTimeout"},
    {"generic-timeout", "GenericTimeout"},
    {"tcp-syn-sent-timeout", "TcpSynSentTimeout"},
    {"tcp-syn-received-timeout", "TcpSynReceivedTimeout"},
    {"tcp-timeout", "TcpEstablishedTimeout"},
    {"tcp-fin-wait-timeout", "TcpFinWaitTimeout"},
    {"tcp-close-wait-timeout", "TcpCloseWaitTimeout"},
    {"tcp-last-ack-timeout", "TcpLastAckTimeout"},
    {"tcp-time-wait-timeout", "TcpTimeWaitTimeout"},
    {"tcp-close-timeout", "TcpCloseTimeout"},
    {"tcp-retransmitted-timeout", "TcpRetransmittedTimeout"},
    {"tcp-unacknowledged-timeout", "TcpUnacknowledgedTimeout"}};

/// Words of an option, each with that of the attribute.
using Words = std::vector<std::pair<std::string, std::string>>;

/// What the options say.
struct Config
{
    NatHelper box;       //!< makes the box
    Ipv4Address inside;  //!< of the router
    Ipv4Address outside; //!< of the router
};

/**
 * @brief Add the options of this program.
 * @param options the program's options
 */
void
AddOptions(ProgramOptions& options)
{
    const char* behavior = "profile|endpoint-independent|address-dependent|"
                           "address-and-port-dependent";
    auto add = options.Add().add_options();
    add("script", Word("", "FILE"), "the packets, such as examples/nat-script.txt");
    add("inside", Word("10.0.1.1", "ADDRESS"), "of the router, in a network of 24 bits");
    add("outside", Word("10.0.2.1", "ADDRESS"), "of the router, which the NAT uses");
    add("nat-profile", Word("linux-conntrack", "NAME"), "rfc, linux-conntrack or home-gateway");
    add("firewall", Switch(), "it filters, but does not translate");
    add("mapping", Word("profile", behavior), "when flows share a port outside (RFC 4787)");
    add("filtering", Word("profile", behavior), "who may send to it");
    add("refresh", Word("profile", "profile|outbound|both"), "which packets prolong a binding");
    add("unknown",
        Word("profile", "profile|drop|rst|local"),
        "what a packet without binding gets: nothing, a reset if it is TCP, or what the router's "
        "own TCP and UDP say");
    add("preserve-ports", Word("profile", "profile|yes|no"), "the port inside is tried first");
    add("tcp-loose", Word("profile", "profile|yes|no"), "TCP may begin in mid-stream");
    for (const auto& [name, attribute] : TIMEOUTS)
    {
        add(name, Number(0, "SECONDS"), "idle time; 0 for the profile's");
    }
}

/**
 * @brief Make a configuration of what was given.
 * @param options the program's options, parsed
 * @return the configuration
 */
Config
ReadOptions(const ProgramOptions& options)
{
    Config config{NatHelper(ReadName(options, "nat-profile", NatProfile::GetNames())),
                  ReadAddress(options, "inside"),
                  ReadAddress(options, "outside")};
    const Ipv4Mask mask(NatBench::MASK);
    if (config.inside.CombineMask(mask) == config.outside.CombineMask(mask))
    {
        throw UsageError(
            "option --outside=" + options.Get<std::string>("outside") +
            ": must be in another network than --inside=" + options.Get<std::string>("inside"));
    }
    const auto choose = [&options,
                         &config](const char* name, const char* attribute, const Words& words) {
        config.box.SetAttribute(attribute, StringValue(options.Choose<std::string>(name, words)));
    };
    const Words behaviors{{"profile", "Profile"},
                          {"endpoint-independent", "EndpointIndependent"},
                          {"address-dependent", "AddressDependent"},
                          {"address-and-port-dependent", "AddressAndPortDependent"}};
    const Words switches{{"profile", "Profile"}, {"yes", "On"}, {"no", "Off"}};
    config.box.SetAttribute("Firewall", BooleanValue(options.Get<bool>("firewall")));
    choose("mapping", "Mapping", behaviors);
    choose("filtering", "Filtering", behaviors);
    choose("refresh",
           "Refresh",
           {{"profile", "Profile"}, {"outbound", "Outbound"}, {"both", "Both"}});
    choose("unknown",
           "Unknown",
           {{"profile", "Profile"}, {"drop", "SilentDrop"}, {"rst", "Rst"}, {"local", "Local"}});
    choose("preserve-ports", "PreservePorts", switches);
    choose("tcp-loose", "LooseTcp", switches);
    for (const auto& [name, attribute] : TIMEOUTS)
    {
        config.box.SetAttribute(attribute,
                                TimeValue(Seconds(options.GetBetween(name, 0, LONGEST_OPTION))));
    }
    return config;
}

/**
 * @brief Write a table.
 * @param file where to
 * @param columns of the table, behind the time
 * @param rows what happened
 */
void
WriteTable(OutputFile& file, const char* columns, const std::vector<NatBench::Row>& rows)
{
    file.Get() << "time_s," << columns << '\n' << std::fixed << std::setprecision(9);
    for (const auto& row : rows)
    {
        file.Get() << row.time.GetSeconds() << ',' << row.text << '\n';
    }
    file.Close();
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
NatScript(int argc, char* argv[])
{
    ProgramOptions options("What does a NAT do with these packets? Sends those of a script through "
                           "one, and tells what comes out.");
    AddOptions(options);
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const Config config = ReadOptions(options);
    const PacketScript script(options.Get<std::string>("script"));
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    options.PassToNs3(
        [&config, &script]() { NatBench(config.box, config.inside, config.outside).Run(script); });
    const std::filesystem::path directory = options.MakeOutputDirectory();
    OutputFile ini(directory, "config.ini");
    ini.Get() << options.ToIni();
    ini.Close();

    NatBench bench(config.box, config.inside, config.outside);
    bench.Run(script);
    OutputFile packets(directory, "packets.csv");
    WriteTable(packets, "side,packet,protocol,source,destination,flags,octets", bench.GetPackets());
    OutputFile drops(directory, "drops.csv");
    WriteTable(drops, "packet,reason", bench.GetDrops());
    OutputFile bindings(directory, "bindings.csv");
    WriteTable(bindings, "event,protocol,internal,external,remote", bench.GetBindings());
    if (!options.Get<bool>("quiet"))
    {
        for (const auto& row : bench.GetPackets())
        {
            std::cout << std::fixed << std::setprecision(6) << std::setw(12)
                      << row.time.GetSeconds() << ' ' << row.text.substr(0, row.text.rfind(','))
                      << '\n';
        }
        std::cout << "results in " << directory.string() << '\n';
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("nat-script", &NatScript, argc, argv);
}
